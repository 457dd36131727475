import { describe, expect, it } from "vitest";
import { mergeOverrides, NO_OVERRIDES, overrideTexts } from "./overrides";

describe("mergeOverrides", () => {
  it("keeps what earlier templates stored and lets later values win", () => {
    const first = mergeOverrides(NO_OVERRIDES, {
      requestOverride: { header: { a: "1" } },
      responseOverride: { status: 201, header: { a: "1", b: "1" } },
    });
    const second = mergeOverrides(first, { responseOverride: { status: 202, header: { b: "2" } } });
    expect(second).toEqual({
      requestOverride: { header: { a: "1" } },
      responseOverride: { status: 202, header: { a: "1", b: "2" } },
    });
  });

  it("is unchanged by a template that stored nothing", () => {
    const stored = { responseOverride: { status: 201 } };
    expect(mergeOverrides(stored, {})).toBe(stored);
  });
});

describe("overrideTexts", () => {
  it.each([
    [undefined, []],
    [null, []],
    ["a", ["a"]],
    [1, ["1"]],
    [true, ["true"]],
    [
      ["a", null, ["b", 2]],
      ["a", "b", "2"],
    ],
    [{ a: 1 }, ['{"a":1}']],
  ])("sends %j as %j", (value, texts) => {
    expect(overrideTexts(value as Parameters<typeof overrideTexts>[0])).toEqual(texts);
  });
});
