import { describe, expect, it } from "vitest";
import { storableJson } from "./json";

describe("what jsonb can keep", () => {
  it.each([["\u0000"], ["a\u0000"], ["\\\u0000"], ["\ud800"], ["\udfffx"], [{ "\u0000": 1 }]])(
    "excludes %j",
    (value) => {
      expect(storableJson(value)).toBeNull();
    },
  );

  it.each([["\\u0000"], ["\\\\u0000"], ["\u{1f600}"], [{ a: [1, null, "\u0001"] }]])(
    "includes %j",
    (value) => {
      expect(storableJson(value)).toEqual(value);
    },
  );
});
