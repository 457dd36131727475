import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GatheredBytes } from "./gathered-bytes";

describe("GatheredBytes", () => {
  it("gives back what came, whatever the pieces and whoever uses their memory again", () => {
    const pieces = fc.array(fc.tuple(fc.uint8Array({ maxLength: 9_000 }), fc.boolean()), { maxLength: 20 });
    fc.assert(
      fc.property(pieces, (given) => {
        const gathered = new GatheredBytes();
        for (const [bytes, isUsedAgain] of given) {
          const piece = Buffer.from(bytes);
          if (isUsedAgain) {
            gathered.addCopy(piece);
            piece.fill(0);
          } else gathered.add(piece);
        }
        const whole = Buffer.concat(given.map(([bytes]) => bytes));
        expect(gathered.whole().equals(whole)).toBe(true);
        expect(gathered.sizeBytes).toBe(whole.length);
      }),
      { seed: 11, numRuns: 100 },
    );
  });

  it("takes memory of about the bytes' size, however many pieces they come in", () => {
    const gathered = new GatheredBytes();
    const before = process.memoryUsage();
    const piece = Buffer.from("a");
    for (let i = 0; i < 1_000_000; i++) gathered.addCopy(piece);
    const { heapUsed, external } = process.memoryUsage();
    expect(gathered.whole().length).toBe(1_000_000);
    // A list of a million pieces is 100 MB.
    expect(heapUsed + external - before.heapUsed - before.external).toBeLessThan(10_000_000);
  });
});
