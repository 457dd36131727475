import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { headerTextFromWire, headerTextToWire, isHeaderName } from "./header-text";

describe("header texts", () => {
  it("go to the wire as UTF-8 bytes and come back the same", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const clean = text.replace(/\p{Cc}/gu, "");
        expect(headerTextFromWire(headerTextToWire(clean))).toBe(clean);
      }),
    );
  });

  it("never carry a line break or another control character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(headerTextToWire(text)).toMatch(/^[\t\x20-\x7e\x80-\xff]*$/);
      }),
    );
  });

  it("keep bytes that are no UTF-8 as they came", () => {
    expect(headerTextFromWire("caf\xe9")).toBe("caf\xe9");
  });

  it("that are no bytes at all are left as they are", () => {
    expect(headerTextFromWire("5 €")).toBe("5 €");
  });

  it("know a header name", () => {
    expect(isHeaderName("X-A_b.1")).toBe(true);
    expect(["", "a b", "a:", "é", "a\r\n"].some(isHeaderName)).toBe(false);
  });
});
