import { describe, expect, it } from "vitest";
import { repairUtf8, repairUtf8Stream, textFromUtf8, utf8FromText } from "./utf8";

describe("repairUtf8", () => {
  it("returns valid bytes untouched, also with a byte order mark", () => {
    const bytes = utf8FromText("\uFEFFgrüße 🎈");
    expect(repairUtf8(bytes)).toBe(bytes);
    expect(textFromUtf8(bytes)).toBe("\uFEFFgrüße 🎈");
  });

  it("replaces what is not UTF-8", () => {
    expect([...repairUtf8(Uint8Array.of(0x61, 0xff, 0x62))]).toEqual([0x61, 0xef, 0xbf, 0xbd, 0x62]);
  });

  it("keeps characters that lie across two chunks of a stream", async () => {
    const bytes = utf8FromText("aé🎈b");
    async function* oneByOne() {
      for (const byte of bytes) yield Uint8Array.of(byte);
    }
    const out: number[] = [];
    for await (const chunk of repairUtf8Stream(oneByOne())) out.push(...chunk);
    expect(out).toEqual([...bytes]);
  });

  it("lets go of its source before anybody has read", () => {
    let isGone = false;
    const source = {
      async *[Symbol.asyncIterator]() {},
      destroy: () => {
        isGone = true;
      },
    };
    repairUtf8Stream(source).destroy?.();
    expect(isGone).toBe(true);
  });
});
