import { describe, expect, it } from "vitest";
import { ImportError } from "../import-error";
import { SourceDocument } from "./source-document";

const yaml = `base: &base
  a: 1.10
list:
  - one
  - two: [x, y]
same: *base
merged:
  <<: *base
  b: 2
? [a, b]
: odd
empty:
`;

describe("a source document", () => {
  it.each([
    ["", 1],
    ["/base/a", 2],
    ["/list/0", 4],
    ["/list/1/two", 5],
    ["/list/1/two/1", 5],
    ["/list/7", 3],
    ["/same", 6],
    ["/same/a", 2],
    ["/merged/b", 9],
    ["/merged/a", 7],
    ["/empty", 12],
    ["/empty/a", 12],
    ["/list/0/a", 4],
  ])("says the line of a YAML value, or of the nearest around it: %s", (pointer, line) => {
    expect(new SourceDocument(yaml).lineOf(pointer)).toBe(line);
  });

  it("says the line of a JSON value, or of the nearest around it", () => {
    const document = new SourceDocument('{\n "a": {\n  "b/c": [1,\n 2]}}');
    expect(["", "/a", "/a/b~1c/1", "/a/b~1c/9", "/x"].map((at) => document.lineOf(at))).toEqual([
      1, 2, 4, 3, 1,
    ]);
  });

  it("knows how a number was written, in JSON and in YAML", () => {
    expect(new SourceDocument(yaml).writtenAs("/same/a")).toBe("1.10");
    expect(new SourceDocument(yaml).writtenAs("/list/0")).toBeUndefined();
    expect(new SourceDocument('{"a": 1.10, "b": "1.10"}').writtenAs("/a")).toBe("1.10");
    expect(new SourceDocument('{"a": 1.10, "b": "1.10"}').writtenAs("/b")).toBeUndefined();
    expect(new SourceDocument('{"a": 1.10}').writtenAs("/gone")).toBeUndefined();
  });

  it.each([
    ["bytes", () => `"${"a".repeat(6 * 1024 * 1024)}"`],
    ["values", () => `[${"1,".repeat(2_000_000)}1]`],
    ["levels", () => "[".repeat(300) + "]".repeat(300)],
    ["aliases", () => `a: &a [x, x, x]\nb: &b [${"*a,".repeat(90)}]\nc: [${"*b,".repeat(90)}]\n`],
  ])("refuses too many %s", (_, text) => {
    let error: unknown;
    try {
      new SourceDocument(text());
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(ImportError);
    expect((error as ImportError).code).toBe("LIMIT");
  });
});
