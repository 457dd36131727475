import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { formatDouble } from "./format-double";

const view = new DataView(new ArrayBuffer(8));

function fromBits(hex: string): number {
  view.setBigUint64(0, BigInt(`0x${hex}`));
  return view.getFloat64(0);
}

test("writes the doubles of the case file as Java 17 does", () => {
  const lines = readFileSync(new URL("./cases/doubles.jsonl", import.meta.url), "utf8")
    .trim()
    .split("\n");
  const wrong = lines
    .map((line) => JSON.parse(line) as { bits: string; text: string })
    .filter(({ bits, text }) => formatDouble(fromBits(bits)) !== text);
  expect(lines.length).toBeGreaterThan(500);
  expect(wrong).toEqual([]);
});

test.each([
  [0, "0.0"],
  [-0, "-0.0"],
  [1, "1.0"],
  [1e7, "1.0E7"],
  [9999999, "9999999.0"],
  [0.001, "0.001"],
  [0.0001, "1.0E-4"],
  [2 ** -44, "5.6843418860808015E-14"],
  [Number.MAX_VALUE, "1.7976931348623157E308"],
  [Number.MIN_VALUE, "4.9E-324"],
  [Number.NaN, "NaN"],
  [Number.NEGATIVE_INFINITY, "-Infinity"],
])("writes %d as %s", (value, text) => {
  expect(formatDouble(value)).toBe(text);
});
