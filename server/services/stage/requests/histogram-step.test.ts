import { expect, it } from "vitest";
import { histogramStep, MOST_BARS } from "./histogram-step";

it("takes the shortest length people count in that gives few enough bars", () => {
  const minutes = (count: number) => histogramStep(count * 60_000) / 1_000;
  expect([1, 15, 60, 1_440, 10_080].map(minutes)).toEqual([1, 30, 60, 1_800, 21_600]);
  for (const days of [60, 61, 400, 5_000])
    expect((days * 86_400_000) / histogramStep(days * 86_400_000)).toBeLessThanOrEqual(MOST_BARS);
});
