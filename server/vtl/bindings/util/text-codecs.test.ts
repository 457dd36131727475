import { describe, expect, it } from "vitest";
import { encodeBase64 } from "@/server/toolkit/base64";
import { decodeBase64Leniently, urlDecode, urlEncode } from "@/server/vtl/bindings/util/text-codecs";

const text = `%é €\u{1f600}~*-._a/\ud800+\u0000`;

describe("text that a client sends", () => {
  it("is encoded for URLs as java.net.URLEncoder does, half a surrogate pair as ?", () => {
    expect(urlEncode(text)).toBe("%25%C3%A9+%E2%82%AC%F0%9F%98%80%7E*-._a%2F%3F%2B%00");
    expect(urlDecode(urlEncode(text))).toBe(text.replace("\ud800", "?"));
  });

  // The gateway answers nobody else meanwhile.
  it("does not hold up the gateway, however large it is", () => {
    const start = performance.now();
    expect(urlEncode("é".repeat(2_000_000))).toHaveLength(12_000_000);
    const bytes = new Uint8Array(5_000_000).fill(255);
    expect(decodeBase64Leniently(encodeBase64(bytes))).toHaveLength(bytes.length);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});
