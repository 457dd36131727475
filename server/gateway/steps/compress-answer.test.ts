import { describe, expect, it } from "vitest";
import { wantedCoding } from "./compress-answer";

describe("wantedCoding", () => {
  it.each([
    [null, null],
    ["gzip", "gzip"],
    ["gzip, deflate", "gzip"],
    ["deflate;q=0.9, gzip;q=0.5", "deflate"],
    ["br, gzip;q=0.9", null],
    ["identity, gzip;q=0.5", null],
    ["gzip;q=0", null],
    ["*", null],
  ])("of %j is %j", (header, wanted) => {
    expect(wantedCoding(header)).toBe(wanted);
  });
});
