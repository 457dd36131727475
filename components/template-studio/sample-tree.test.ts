import { describe, expect, it } from "vitest";
import { parseJson } from "@/server/toolkit/json/parse-json";
import { compileJsonPath } from "@/server/toolkit/jsonpath/compile-json-path";
import { renderPreview } from "./preview/render-preview";
import { starterSample } from "./sample";
import { fieldsOf, readingExpression } from "./sample-tree";

describe("the fields of a sample", () => {
  const body = '{"a":{"b c":[1,{"d":true}]},"it\'s":null}';
  it("have paths that the engine reads back to the same field", () => {
    const document = parseJson(body);
    for (const row of fieldsOf(JSON.parse(body))) {
      expect(compileJsonPath(row.path).read(document).found, row.path).toBe(true);
    }
  });
  it("are read by the expressions that a click inserts", () => {
    for (const { path } of fieldsOf(JSON.parse(body))) {
      const { output } = renderPreview(readingExpression(path), { ...starterSample(), body });
      expect(output, path).not.toBe('""');
    }
  });
  it("are listed in the order of the document", () => {
    expect(fieldsOf(JSON.parse(body)).map((row) => row.name)).toEqual([
      "$",
      "a",
      "b c",
      "[0]",
      "[1]",
      "d",
      "it's",
    ]);
  });
});
