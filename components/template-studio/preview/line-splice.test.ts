import { describe, expect, it } from "vitest";
import { linesOf, spliceBetween } from "./line-splice";

describe("a splice between two texts", () => {
  it.each([
    ["", ""],
    ["", "a\nb"],
    ["a\nb", ""],
    ["a\nb\nc", "a\nX\nc"],
    ["a\na\na", "a\na"],
    ["a\na", "a\na\na\n"],
    ["a\nb\n", "a\nb"],
    ["x\r\ny", "x\r\nz\r\n\n"],
  ])("turns %j into %j", (before, after) => {
    const lines = linesOf(before);
    const { from, remove, lines: put } = spliceBetween(lines, linesOf(after));
    lines.splice(from, remove, ...put);
    expect(lines.join("")).toBe(after);
  });
  it("holds no more than what changed", () => {
    const splice = spliceBetween(linesOf("a\nb\nc\nd"), linesOf("a\nb\nX\nd"));
    expect(splice).toEqual({ from: 2, remove: 1, lines: ["X\n"] });
  });
});
