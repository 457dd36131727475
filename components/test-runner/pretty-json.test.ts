import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prettyJson } from "./pretty-json";

describe("prettyJson", () => {
  it("indents like JSON.stringify whatever JSON can hold", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value = JSON.parse(text);
        // -0 prints as 0 there; here the text is kept.
        if (!/-0(?![.\d])/.test(text) && !/\d[eE]|\.\d/.test(text))
          expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
        expect(JSON.parse(prettyJson(text) ?? "")).toEqual(value);
      }),
    );
  });

  it("keeps digits, doubled names and escapes as they were written", () => {
    expect(prettyJson('{"a":12345678901234567890,"a":1.0,"b":"\\u00e9 {,}"}')).toBe(
      '{\n  "a": 12345678901234567890,\n  "a": 1.0,\n  "b": "\\u00e9 {,}"\n}',
    );
  });

  it("is null for what is not JSON", () => {
    expect(prettyJson("{a:1}")).toBeNull();
    expect(prettyJson("")).toBeNull();
  });
});
