import { expect, it } from "vitest";
import { isNestedDeeper } from "./is-nested-deeper";

const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

it.each([
  [nested(5), false],
  [nested(6), true],
  ["[[[[[[", true],
  ['{"a":{"a":{"a":{"a":{"a":1}}}}}', false],
  ['{"a":{"a":{"a":{"a":{"a":[]}}}}}', true],
  ["[[],[],[],[],[],[],[]]", false],
  ['"[[[[[[[["', false],
  ['["\\"[[[[[[["]', false],
  ['["\\\\",[[[[[1]]]]]]', true],
  ['["\\\\[[[[[[["]', false],
  ['"[[[[[[[[', false],
  ["", false],
])("knows whether %s is deeper than 5: %s", (text, isDeeper) => {
  expect(isNestedDeeper(text, 5)).toBe(isDeeper);
});

it("takes a time that grows with the text only", () => {
  const startMs = performance.now();
  expect(isNestedDeeper(`"${"\\".repeat(2_000_001)}"`, 5)).toBe(false);
  expect(isNestedDeeper(`[${'"a",'.repeat(500_000)}1]`, 5)).toBe(false);
  expect(performance.now() - startMs).toBeLessThan(1_000);
});
