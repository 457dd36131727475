import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sha256 } from "./sha256";

describe("sha256", () => {
  it("gives the digests published with the standard", () => {
    expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });

  it("agrees with the platform at every length around a block's end, and on text outside ASCII", () => {
    for (let length = 0; length < 200; length++) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + length) & 255);
      expect(sha256(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
    const text = "käse 日本 🐾".repeat(1000);
    expect(sha256(text)).toBe(createHash("sha256").update(text).digest("hex"));
  });

  it("hashes a view into a larger buffer, not the buffer", () => {
    const buffer = new Uint8Array(100).fill(1);
    const view = buffer.subarray(10, 20);
    expect(sha256(view)).toBe(createHash("sha256").update(view).digest("hex"));
  });
});
