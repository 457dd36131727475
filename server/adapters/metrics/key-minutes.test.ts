import { describe, expect, it } from "vitest";
import type { KnownKey } from "@/server/gateway/ports";
import { KeyMinutes, MAX_NAMED_KEYS } from "./key-minutes";

const key = (id: string, planId = "plan"): KnownKey => ({
  id,
  name: id,
  customerId: null,
  plan: { planId, throttle: null, methodThrottles: {}, quota: null, joinedAtMs: 0 },
});
const record = {
  apiId: "a",
  stageName: "prod",
  route: "GET /",
  status: 200,
  latencyMs: 1,
  integrationLatencyMs: 1,
  isCanary: null,
  deploymentId: "d",
};

describe("KeyMinutes", () => {
  it("counts per minute, stage, plan and key, and keeps what could not be stored", () => {
    let nowMs = 0;
    const minutes = new KeyMinutes({ nowMs: () => nowMs, monotonicMs: () => nowMs });
    const known = key("k");
    minutes.record(record, known);
    minutes.record({ ...record, status: 429, isThrottled: true }, known);
    minutes.record({ ...record, status: 500 }, key("k", "other plan"));
    minutes.record({ ...record, stageName: "dev", status: 404 }, known);
    const rows = minutes.take();
    expect(rows).toMatchObject([
      { stage: "prod", planId: "plan", keyId: "k", count: 2, errors4xx: 1, errors5xx: 0, throttled: 1 },
      { stage: "prod", planId: "other plan", keyId: "k", count: 1, errors4xx: 0, errors5xx: 1, throttled: 0 },
      { stage: "dev", planId: "plan", keyId: "k", count: 1, errors4xx: 1, errors5xx: 0, throttled: 0 },
    ]);
    // The configuration was read anew: the same key is another object.
    minutes.record(record, key("k"));
    minutes.restore(rows);
    nowMs = 60_000;
    minutes.record(record, known);
    expect(minutes.take().map(({ minuteMs, count }) => [minuteMs, count])).toEqual([
      [0, 3],
      [0, 1],
      [0, 1],
      [60_000, 1],
    ]);
  });

  it("names so many keys an hour, adds up the others by stage, and names anew in the next hour", () => {
    let nowMs = 0;
    const minutes = new KeyMinutes({ nowMs: () => nowMs, monotonicMs: () => nowMs });
    for (let i = 0; i < MAX_NAMED_KEYS + 50; i++) minutes.record(record, key(`k${i}`));
    nowMs = 120_000;
    minutes.record(record, key("k0"));
    minutes.record(record, key("late"));
    minutes.record({ ...record, stageName: "dev" }, key("late"));
    const rows = minutes.take();
    expect(rows.filter(({ minuteMs }) => minuteMs === 0)).toHaveLength(MAX_NAMED_KEYS + 1);
    expect(rows.filter(({ keyId }) => keyId === "")).toMatchObject([
      { stage: "prod", planId: "", minuteMs: 0, count: 50 },
      { stage: "prod", planId: "", minuteMs: 120_000, count: 1 },
      { stage: "dev", planId: "", minuteMs: 120_000, count: 1 },
    ]);
    nowMs = 3_600_000;
    minutes.record(record, key("late"));
    expect(minutes.take()).toMatchObject([{ keyId: "late" }]);
  });
});
