import { expect, it } from "vitest";
import { TypedText } from "./typed-text";

it("values that were typed are echoes, also late ones and when some are left out", () => {
  const typed = new TypedText();
  for (const text of ["a", "ab", "abc", "abcd"]) typed.typed(text);
  expect(typed.isEcho("ab")).toBe(true);
  expect(typed.isEcho("abcd")).toBe(true);
});

it("a value from elsewhere is none, also one that was typed once and came back already", () => {
  const typed = new TypedText();
  for (const text of ["a", "ab"]) typed.typed(text);
  expect(typed.isEcho("ab")).toBe(true);
  expect(typed.isEcho("a")).toBe(false);
  typed.typed("b");
  expect(typed.isEcho("undone")).toBe(false);
  expect(typed.isEcho("b")).toBe(false);
});
