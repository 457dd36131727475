import { expect, it } from "vitest";
import { axisTop, overrideRows, stickyWords } from "./canary-words";

it("tells what a canary keeps of its stage's variables, what it sees otherwise and what only it has", () => {
  expect(overrideRows({ a: "1", b: "2" }, { b: "3", c: "4" })).toEqual([
    { name: "a", stageValue: "1", value: "1", state: "same" },
    { name: "b", stageValue: "2", value: "3", state: "changed" },
    { name: "c", stageValue: null, value: "4", state: "new" },
  ]);
  expect(overrideRows({ a: "1" }, { a: "1" })[0]?.state).toBe("same");
});

it("says who stays on one side", () => {
  expect(stickyWords(null)).toMatch(/by chance/);
  expect(stickyWords({ by: "cookie", name: "session" })).toBe(
    "Who sends the same cookie session stays on one side",
  );
  expect(stickyWords({ by: "api-key" })).toMatch(/API key/);
});

it("ends an axis at a round number whose half is round, too", () => {
  expect([1, 1.1, 5, 8.6, 100, 425, 12_000].map(axisTop)).toEqual([1, 2, 6, 10, 100, 600, 20_000]);
});
