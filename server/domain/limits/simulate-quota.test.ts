import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type KeyDays, simulateQuota } from "./simulate-quota";

const day = (month: number, date: number) => Date.UTC(2026, month - 1, date);
const key = (keyId: string, days: [number, number][], joinedAtMs = 0): KeyDays => ({
  keyId,
  joinedAtMs,
  days: days.map(([dayMs, count]) => ({ dayMs, count })),
});
const daily = (limit: number) => ({ limit, offset: 0, period: "DAY" as const });
const monthly = (limit: number, offset = 0) => ({ limit, offset, period: "MONTH" as const });

describe("simulateQuota", () => {
  it("refuses what is over the quota of each period, and says when first", () => {
    const history = [
      key("a", [
        [day(3, 1), 5],
        [day(3, 2), 12],
        [day(3, 3), 30],
      ]),
      key("b", [[day(3, 1), 10]]),
    ];
    expect(simulateQuota(daily(10), history)).toEqual({
      keys: [
        { keyId: "a", count: 47, refused: 22, periodsHit: 2, firstHitMs: day(3, 2) },
        { keyId: "b", count: 10, refused: 0, periodsHit: 0, firstHitMs: null },
      ],
      count: 57,
      refused: 22,
      keysHit: 1,
    });
  });

  it("adds the days of a period up, in the order of time, and begins anew with the next", () => {
    const history = [
      key("a", [
        [day(4, 1), 8],
        [day(3, 30), 6],
        [day(3, 31), 6],
        [day(3, 29), 1],
      ]),
    ];
    expect(simulateQuota(monthly(10), history).keys).toEqual([
      { keyId: "a", count: 21, refused: 3, periodsHit: 1, firstHitMs: day(3, 31) },
    ]);
    expect(simulateQuota({ ...daily(7), period: "WEEK" }, history).keys[0]).toMatchObject({ refused: 14 });
  });

  it("takes the offset off in the period in which a key joined", () => {
    const joined = key(
      "a",
      [
        [day(3, 20), 10],
        [day(4, 2), 10],
      ],
      day(3, 15),
    );
    expect(simulateQuota(monthly(10, 4), [joined]).keys[0]).toMatchObject({ refused: 4, periodsHit: 1 });
  });

  it("refuses nothing without a quota, and leaves keys without requests out", () => {
    const history = [key("a", [[day(3, 1), 5]]), key("b", []), key("c", [[day(3, 1), 9]])];
    const { keys, refused, keysHit } = simulateQuota(null, history);
    expect([keys.map(({ keyId }) => keyId), refused, keysHit]).toEqual([["c", "a"], 0, 0]);
  });

  it("never refuses more under a higher quota, nor more than was asked", () => {
    const days = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 90 }), fc.nat(50)), {
      selector: ([at]) => at,
    });
    const period = fc.constantFrom("DAY" as const, "WEEK" as const, "MONTH" as const);
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 500 }), fc.nat(100), period, (list, limit, more, unit) => {
        const history = [
          key(
            "a",
            list.map(([at, count]) => [day(1, 1 + at), count]),
          ),
        ];
        const of = (amount: number) => simulateQuota({ limit: amount, offset: 0, period: unit }, history);
        expect(of(limit + more).refused).toBeLessThanOrEqual(of(limit).refused);
        expect(of(limit).refused).toBeLessThanOrEqual(of(limit).count);
      }),
    );
  });
});
