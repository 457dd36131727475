import { expect, it } from "vitest";
import { counted } from "./count-words";

it("says one thing in the singular, none and many in the plural", () => {
  expect([0, 1, 2, 1_204].map((count) => counted(count, "request"))).toEqual([
    "0 requests",
    "1 request",
    "2 requests",
    "1,204 requests",
  ]);
  expect([counted(1, "entry", "entries"), counted(2, "entry", "entries")]).toEqual(["1 entry", "2 entries"]);
});
