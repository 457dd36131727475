import { describe, expect, it } from "vitest";
import { CanaryWindows } from "./canary-windows";

const record = { apiId: "a", stageName: "prod", route: "GET /", integrationLatencyMs: 1, latencyMs: 4 };

describe("CanaryWindows", () => {
  it("counts five seconds at a time, canary and production apart, and no other stages", () => {
    let passed = 0;
    let nowMs = Date.UTC(2026, 10, 25, 10, 0, 4);
    const windows = new CanaryWindows(
      { nowMs: () => nowMs, monotonicMs: () => nowMs },
      { record: () => passed++ },
    );
    windows.record({ ...record, status: 200, isCanary: null, deploymentId: "d1" });
    expect(windows.take()).toEqual([]);
    windows.record({ ...record, status: 200, isCanary: false, deploymentId: "d1" });
    windows.record({ ...record, status: 500, isCanary: true, deploymentId: "d2" });
    windows.record({ ...record, status: 404, isCanary: true, deploymentId: "d2" });
    nowMs += 1_000;
    windows.record({ ...record, status: 502, isCanary: true, deploymentId: "d2" });
    const rows = windows.take();
    expect(
      rows.map((r) => [
        new Date(r.startMs).toISOString().slice(17, 19),
        r.isCanary,
        r.count,
        r.errors4xx,
        r.errors5xx,
      ]),
    ).toEqual([
      ["00", false, 1, 0, 0],
      ["00", true, 2, 1, 1],
      ["05", true, 1, 0, 1],
    ]);
    expect(passed).toBe(5);
    expect(windows.totals).toEqual({ requests: 3, errors5xx: 2 });
  });

  it("keeps what could not be stored, and goes on in the same window after it was taken", () => {
    const windows = new CanaryWindows(
      { nowMs: () => 1_000, monotonicMs: () => 0 },
      { record: () => undefined },
    );
    const canary = { ...record, status: 200, isCanary: true, deploymentId: "d2" };
    windows.record(canary);
    const first = windows.take();
    windows.record(canary);
    windows.restore(first);
    expect(windows.take().map(({ startMs, count }) => [startMs, count])).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });
});
