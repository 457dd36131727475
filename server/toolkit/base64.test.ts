import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64, encodeBase64 } from "./base64";

describe("base64", () => {
  it("writes what the platform writes and reads it back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = encodeBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64"));
        expect(decodeBase64(text)).toEqual(bytes);
      }),
    );
  });

  it("encodes beyond one piece", () => {
    const bytes = new Uint8Array(50_000).map((_, i) => i);
    expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
  });

  it("accepts missing padding", () => {
    expect(decodeBase64("aGVsbG8")).toEqual(new TextEncoder().encode("hello"));
  });

  it.each(["a", "aGVs\nbG8=", "this is text", "a===", "a-b_", "é", '{"a":1}', "aGVsbG8==="])(
    "refuses %j",
    (text) => {
      expect(decodeBase64(text)).toBeNull();
    },
  );
});
