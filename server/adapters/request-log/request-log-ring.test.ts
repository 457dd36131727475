import { describe, expect, it } from "vitest";
import type { RequestLogEntry } from "@/server/gateway/observation/request-log-entry";
import { RequestLogRing } from "./request-log-ring";

const entry = (path = "/"): RequestLogEntry => ({
  atMs: 0,
  apiId: "a",
  stage: "prod",
  requestId: "r",
  method: "GET",
  path,
  route: "GET /",
  status: 200,
  latencyMs: 1,
  integrationMs: 0,
  keyId: null,
  keyName: null,
  planId: null,
  sourceIp: "127.0.0.1",
  deploymentId: "d",
  isCanary: null,
  errorType: null,
  detail: { steps: [], requestHeaders: [], responseHeaders: [], bytesSent: 0, refusal: null, log: [] },
});

describe("the request log's ring", () => {
  it("holds no more entries and no more characters than it may, and counts what it drops", () => {
    const byNumber = new RequestLogRing({ maxEntries: 2, maxChars: 1e9 });
    for (let i = 0; i < 5; i++) byNumber.write(entry());
    expect([byNumber.waitingCount, byNumber.dropped]).toEqual([2, 3]);
    const bySize = new RequestLogRing({ maxEntries: 100, maxChars: 2_000 });
    bySize.write(entry("/".padEnd(1_300, "x")));
    bySize.write(entry("/".padEnd(1_300, "x")));
    expect([bySize.waitingCount, bySize.dropped]).toEqual([1, 1]);
  });

  it("does not wait for a store that never answers, and drops once it is full", async () => {
    const ring = new RequestLogRing({ maxEntries: 3, maxChars: 1e9 });
    ring.write(entry());
    let end: () => void = () => undefined;
    const flushed = ring.flush(() => new Promise((resolve) => (end = resolve)));
    for (let i = 0; i < 10; i++) ring.write(entry());
    expect(ring.waitingCount).toBe(3);
    expect(ring.dropped).toBe(8);
    end();
    await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    end();
    await flushed;
    expect([ring.waitingCount, ring.written]).toEqual([0, 3]);
    ring.write(entry());
    expect(ring.waitingCount).toBe(1);
  });

  it("tries a batch again, and drops it after five failures so that others get through", async () => {
    const ring = new RequestLogRing();
    ring.write(entry());
    for (let i = 0; i < 5; i++) {
      await expect(ring.flush(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    }
    expect([ring.waitingCount, ring.dropped]).toEqual([0, 1]);
  });
});
