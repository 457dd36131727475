import { describe, expect, it } from "vitest";
import { tagFault } from "./tag-fault";

describe("tags", () => {
  it.each<[string, Record<string, string | null>, RegExp]>([
    ["an empty key", { "": "a" }, /between 1 and 128/],
    ["a long key", { ["k".repeat(129)]: "a" }, /between 1 and 128/],
    ["a long value", { team: "v".repeat(257) }, /at most 256/],
    ["a key of AWS's own", { "AWS:team": "a" }, /reserved/],
    [
      "more than fifty",
      Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, ""])),
      /at most 50/,
    ],
  ])("refuse %s and name it", (_, tags, message) => {
    const fault = tagFault(tags);
    expect(fault?.message).toMatch(message);
    expect(Object.keys(tags)).toContain(fault?.key);
  });

  it("take what AWS takes", () => {
    expect(
      tagFault({ team: "", "cost-centre": "4711", [`k${"x".repeat(127)}`]: "v".repeat(256) }),
    ).toBeNull();
  });
});
