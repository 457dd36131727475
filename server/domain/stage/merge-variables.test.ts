import { describe, expect, it } from "vitest";
import { mergeVariables } from "./merge-variables";

type Variables = Record<string, string>;

const cases: [string, { base: Variables; stored: Variables; next: Variables; merged: Variables }][] = [
  [
    "variables that two people added",
    { base: {}, stored: { a: "1" }, next: { b: "2" }, merged: { a: "1", b: "2" } },
  ],
  [
    "the later value of one that both set",
    { base: { a: "1" }, stored: { a: "2" }, next: { a: "3" }, merged: { a: "3" } },
  ],
  [
    "what another one took away, or set, and they left alone",
    { base: { a: "1", b: "1" }, stored: { b: "2" }, next: { a: "1", b: "1" }, merged: { b: "2" } },
  ],
  ["not what they took away", { base: { a: "1" }, stored: { a: "2", b: "1" }, next: {}, merged: { b: "1" } }],
];

describe("variables of a stage that several change at once", () => {
  it.each(cases)("keep %s", (_, { base, stored, next, merged }) => {
    expect(mergeVariables(stored, { base, next })).toEqual(merged);
  });

  it("may have any name", () => {
    const next = JSON.parse('{"__proto__": "1"}');
    expect(Object.entries(mergeVariables({}, { base: {}, next }))).toEqual([["__proto__", "1"]]);
  });
});
