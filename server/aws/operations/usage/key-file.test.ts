import { describe, expect, it } from "vitest";
import { readKeyFile } from "./key-file";

describe("readKeyFile", () => {
  it("reads columns in any order and case, quotes, lists of plans, and keeps the line of each key", () => {
    const file =
      'Name,KEY,Enabled,usageplanIds,description\r\n"a, ""b""",k1,TRUE,"p1, p2","two\nlines"\r\n\r\nc,k2\n';
    expect(readKeyFile(file)).toEqual([
      {
        line: 2,
        name: 'a, "b"',
        value: "k1",
        enabled: true,
        planIds: ["p1", "p2"],
        description: "two\nlines",
      },
      { line: 5, name: "c", value: "k2", enabled: false, planIds: [], description: "" },
    ]);
  });

  it.each([
    ["", "The API key file is empty"],
    ["name\nx", "The API key file has no column key"],
    ["name,key,color\n", "Unknown column in the API key file: color"],
    ["name,key\na,b,c", "Line 2 of the API key file has more fields than the header"],
    ['name,key\n"a,b', "Line 2 of the API key file has a quote that does not close"],
  ])("refuses %j", (file, message) => {
    expect(() => readKeyFile(file)).toThrow(message);
  });
});
