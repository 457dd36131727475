import { expect, it } from "vitest";
import { summaryOf } from "./diff-summary";

it("a difference is summed up with what may break callers first", () => {
  const entry = { path: "/pets", kind: "added" as const, summary: "new", breaking: false };
  const changes = [
    entry,
    { ...entry, kind: "changed" as const, summary: "other" },
    { ...entry, summary: "third" },
    { ...entry, kind: "removed" as const, summary: "gone", breaking: true },
  ];
  expect(summaryOf(changes)).toEqual({
    added: 2,
    changed: 1,
    removed: 1,
    breaking: 1,
    sentences: ["gone", "new", "other"],
  });
  expect(summaryOf([])).toMatchObject({ added: 0, sentences: [] });
});
