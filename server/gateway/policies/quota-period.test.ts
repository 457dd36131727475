import { describe, expect, it } from "vitest";
import { quotaLimitIn, quotaPeriod } from "./quota-period";

const at = (text: string) => Date.parse(text);
const show = ({ startMs, endMs }: { startMs: number; endMs: number }) =>
  [startMs, endMs].map((ms) => new Date(ms).toISOString().slice(0, 10));

describe("quotaPeriod", () => {
  it("is the UTC day, the week from Sunday, the month", () => {
    const moment = at("2026-11-25T23:59:59.999Z");
    expect(show(quotaPeriod("DAY", moment))).toEqual(["2026-11-25", "2026-11-26"]);
    expect(show(quotaPeriod("WEEK", moment))).toEqual(["2026-11-22", "2026-11-29"]);
    expect(show(quotaPeriod("MONTH", moment))).toEqual(["2026-11-01", "2026-12-01"]);
  });

  it("begins at the first moment and ends before the next", () => {
    const { startMs, endMs } = quotaPeriod("MONTH", at("2026-12-31T12:00:00Z"));
    expect(quotaPeriod("MONTH", startMs).startMs).toBe(startMs);
    expect(quotaPeriod("MONTH", endMs - 1).startMs).toBe(startMs);
    expect(quotaPeriod("MONTH", endMs).startMs).toBe(endMs);
  });

  it("takes the offset off in the period of joining only", () => {
    const quota = { limit: 10, offset: 4, period: "DAY" as const };
    const joined = at("2026-11-25T08:00:00Z");
    expect(quotaLimitIn(quota, at("2026-11-25"), joined)).toBe(6);
    expect(quotaLimitIn(quota, at("2026-11-26"), joined)).toBe(10);
  });
});
