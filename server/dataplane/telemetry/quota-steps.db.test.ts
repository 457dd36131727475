import { copyFileSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CanaryWindows } from "@/server/adapters/canary-windows";
import { databaseLedger } from "@/server/adapters/limits/database-ledger";
import { MemoryLimits } from "@/server/adapters/limits/memory-limits";
import { QuotaJournalFile } from "@/server/adapters/limits/quota-journal";
import { MinuteMetrics } from "@/server/adapters/metrics/minute-metrics";
import { RequestLogRing } from "@/server/adapters/request-log/request-log-ring";
import { openDataplanePool } from "@/server/db/dataplane/pool";
import { applyCounts } from "@/server/db/dataplane/quota-steps";
import { settleKilled } from "@/server/db/dataplane/quota-takeover";
import { RunClosedError, reserveQuota } from "@/server/db/dataplane/reserve-quota";
import { quotaPeriod } from "@/server/gateway/policies/quota-period";
import { FaultyPool } from "@/server/testing/faulty-pool";
import { useOwnDatabase } from "@/server/testing/own-database";
import { Reporter } from "./reporter";

// A kill is the moment at which nothing more is done with a process's objects, and its journal is found as it is.

const LIMIT = 10_000;
const route = {
  ...{ apiId: "api", stageName: "prod", methodKey: "/a/GET", bucketKey: "api/prod/a/GET" },
  throttle: null,
};
const clock = { offsetMs: 0, nowMs: () => Date.now() + clock.offsetMs, monotonicMs: () => clock.nowMs() };
const { startMs } = quotaPeriod("MONTH", Date.now());

let folder: string;
let real: Pool;
let plans = 0;
let planId: string;
let keyId: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "gatehouse-steps-"));
  real = openDataplanePool(await useOwnDatabase());
});
afterAll(async () => {
  await real?.end();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  planId = `plan${++plans}`;
  keyId = "key";
});

type Process = Awaited<ReturnType<typeof startProcess>>;

/** A gateway's part in quotas, with a data folder of its own unless told. */
async function startProcess(data = mkdtempSync(path.join(folder, "data-"))) {
  const pool = new FaultyPool(real);
  const journal = new QuotaJournalFile(data);
  const ledger = databaseLedger(pool.asPool(), journal);
  const limits = new MemoryLimits(clock, {
    ledger,
    journal,
    accountThrottle: { rateLimit: 1e6, burstLimit: 1e6 },
  });
  const metrics = new MinuteMetrics(clock);
  const canaries = new CanaryWindows(clock, metrics);
  const requestLog = new RequestLogRing();
  const reporter = new Reporter({ pool: pool.asPool(), limits, journal, metrics, canaries, requestLog });
  await reporter.loadUsage();
  return { pool, journal, limits, reporter, data };
}

/** How many of so many requests are admitted. */
async function ask({ limits }: Process, count = 1, quota = {}): Promise<number> {
  const whole = { limit: LIMIT, offset: 0, period: "MONTH" as const, ...quota };
  const plan = { planId, throttle: null, methodThrottles: {}, quota: whole, joinedAtMs: 0 };
  let admitted = 0;
  for (let i = 0; i < count; i++) {
    const key = { id: keyId, name: keyId, customerId: null, plan };
    const refusal = await limits.admit(route, key, { shadowRefusals: null });
    if (refusal === null) admitted++;
  }
  return admitted;
}

const leave = ({ journal, data }: Process): string => {
  const into = mkdtempSync(path.join(folder, "left-"));
  copyFileSync(path.join(data, `${journal.runId}.journal`), path.join(into, "left.journal"));
  return into;
};
/** Kills it; what runs in its place has settled what it left. */
const replace = (process: Process) => startProcess(leave(process));

async function counter() {
  const { rows } = await real.query(
    `SELECT used::int, reserved::int FROM "UsageCounter" WHERE "planId" = $1 AND "keyId" = $2`,
    [planId, keyId],
  );
  return rows[0];
}
async function days() {
  const { rows } = await real.query(`SELECT sum(count)::int AS n FROM "UsageDay" WHERE "planId" = $1`, [
    planId,
  ]);
  return rows[0].n;
}
const wait = (ms: number) => {
  clock.offsetMs += ms;
};
const COUNTERS = /^WITH given/;
const RESERVE = /^\s*WITH run/;

describe("counts and give-backs", () => {
  it("are stored once although the answer was lost, day counts with them", async () => {
    const one = await startProcess();
    expect(await ask(one, 5)).toBe(5);
    one.pool.fault = { when: "after", at: /^COMMIT/ };
    await expect(one.reporter.flushUsage()).rejects.toThrow("lost");
    expect(await ask(one, 2)).toBe(2);
    await one.reporter.flushUsage(true);
    expect([await counter(), await days()]).toEqual([{ used: 7, reserved: 0 }, 7]);
    expect(one.reporter.isSettled).toBe(true);
  });

  it("are stored together or not at all: day counts that fail take the counters with them, until both are stored", async () => {
    const one = await startProcess();
    await ask(one, 5);
    one.pool.fault = { when: "before", at: /INTO "UsageDay"/ };
    await expect(one.reporter.flushUsage()).rejects.toThrow("broke");
    expect([(await counter()).used, await days()]).toEqual([0, null]);
    await one.reporter.flushUsage(true);
    expect([await counter(), await days()]).toEqual([{ used: 5, reserved: 0 }, 5]);
  });

  it("are tried again: what rests comes back although giving it back failed first", async () => {
    const one = await startProcess();
    await ask(one);
    await one.reporter.flushUsage();
    wait(2_500);
    one.pool.fault = { when: "before", at: COUNTERS };
    await expect(one.reporter.flushUsage()).rejects.toThrow("broke");
    expect((await counter()).reserved).toBeGreaterThan(0);
    await one.reporter.flushUsage();
    expect(await counter()).toEqual({ used: 1, reserved: 0 });
  });
});

describe("a killed gateway", () => {
  it("is settled exactly, wherever in a step of counts it was killed", async () => {
    const windows = [
      { when: "before", at: /^BEGIN/ },
      { when: "before", at: COUNTERS },
      { when: "before", at: /^COMMIT/ },
      { when: "after", at: /^COMMIT/ },
    ] as const;
    for (const [index, fault] of windows.entries()) {
      planId = `windows${index}`;
      const one = await startProcess();
      // Blocks are smaller than 32 then: what is told to be used is used.
      const quota = { limit: 500 };
      await ask(one, 3, quota);
      await one.reporter.flushUsage();
      await ask(one, 40, quota);
      one.pool.fault = fault;
      await expect(one.reporter.flushUsage()).rejects.toThrow();
      expect(await ask(one, 2, quota)).toBe(2);
      await replace(one);
      expect(await counter()).toEqual({ used: 45, reserved: 0 });
    }
  });

  it("loses at most a 32nd of a block: so much is told to be used before it is", async () => {
    const one = await startProcess();
    const block = Math.floor(LIMIT / 16);
    await Promise.all(Array.from({ length: block }, () => ask(one)));
    await ask(one, 1);
    const { reserved } = await counter();
    await replace(one);
    const { used, reserved: left } = await counter();
    expect([left, reserved > block]).toEqual([0, true]);
    expect(used).toBeGreaterThanOrEqual(block + 1);
    expect(used).toBeLessThan(block + 1 + Math.ceil(block / 32));
  });

  it("gives back what was granted to it without its knowledge: the first grant of a quota, and a later one", async () => {
    const first = await startProcess();
    // After one without the run's row and one without the counter.
    first.pool.fault = { when: "after", at: RESERVE, after: 2 };
    expect(await ask(first)).toBe(0);
    expect((await counter()).reserved).toBeGreaterThan(0);
    await replace(first);
    expect(await counter()).toEqual({ used: 0, reserved: 0 });

    const second = await startProcess();
    const one = await ask(second, 8);
    second.pool.fault = { when: "after", at: RESERVE };
    const more = await ask(second, 40);
    await replace(second);
    expect(await counter()).toEqual({ used: one + more, reserved: 0 });
  });

  it("gives back a give-back that was lost with it", async () => {
    const one = await startProcess();
    await ask(one);
    await one.reporter.flushUsage();
    wait(2_500);
    one.pool.fault = { when: "before", at: COUNTERS };
    await expect(one.reporter.flushUsage()).rejects.toThrow();
    await replace(one);
    expect(await counter()).toEqual({ used: 1, reserved: 0 });
  });

  it("takes nothing from others when it had given everything back", async () => {
    const other = await startProcess();
    await ask(other, 2);
    const { reserved } = await counter();
    const one = await startProcess();
    await ask(one, 2);
    wait(2_500);
    await one.reporter.flushUsage();
    // The entry in the journal ends once the database has the step.
    await one.reporter.flushUsage();
    await replace(one);
    expect(await counter()).toEqual({ used: 2, reserved });
  });

  it("is counted exactly once its rest is back, whatever was told to be used", async () => {
    const one = await startProcess();
    // 8, 32 and some of a block of 128, of which four at a time are told.
    await ask(one, 45);
    await one.limits.reservations?.recall();
    wait(2_500);
    await one.reporter.flushUsage();
    await replace(one);
    expect(await counter()).toEqual({ used: 45, reserved: 0 });
  });

  it("is settled once by two that start at the same time, and its journal is gone then", async () => {
    const one = await startProcess();
    await ask(one, 3);
    const left = leave(one);
    await Promise.all([startProcess(left), startProcess(left), startProcess(left)]);
    expect(await counter()).toEqual({ used: 3, reserved: 0 });
    expect(readdirSync(left)).not.toContain("left.journal");
  });

  it("is settled by the next attempt if the first one fails, whether or not it was applied", async () => {
    for (const when of ["before", "after"] as const) {
      keyId = when;
      const one = await startProcess();
      await ask(one, 3);
      const next = await startProcess(mkdtempSync(path.join(folder, "next-")));
      copyFileSync(path.join(leave(one), "left.journal"), path.join(next.data, "left.journal"));
      next.pool.fault = { when, at: /^COMMIT/ };
      await expect(next.reporter.loadUsage()).rejects.toThrow();
      await next.reporter.loadUsage();
      expect(await counter()).toEqual({ used: 3, reserved: 0 });
      expect(readdirSync(next.data)).not.toContain("left.journal");
    }
  });

  it("is waited for while a statement of it still runs in the server, and gets nothing afterwards", async () => {
    const one = await startProcess();
    await ask(one, 5);
    const blocker = await real.connect();
    await blocker.query("BEGIN");
    await blocker.query(`SELECT 1 FROM "UsageCounter" WHERE "planId" = $1 FOR UPDATE`, [planId]);
    const at = { runId: one.journal.runId, step: 99, done: 98 };
    const asks = [{ planId, keyId, startMs, limit: LIMIT, wanted: 50, waiting: 50 }];
    const late = reserveQuota(real, at, asks);
    const isWaiting = async (count: number) => {
      const { rows } = await real.query(
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      );
      return rows[0].n === count;
    };
    await expect.poll(() => isWaiting(1), { timeout: 5_000 }).toBe(true);
    const settled = replace(one);
    await expect.poll(() => isWaiting(2), { timeout: 5_000 }).toBe(true);
    await blocker.query("COMMIT");
    blocker.release();
    expect((await late).rows[0]?.granted).toBeGreaterThanOrEqual(50);
    await settled;
    expect(await counter()).toEqual({ used: 5, reserved: 0 });

    await expect(reserveQuota(real, { ...at, step: 100 }, asks)).rejects.toThrow(RunClosedError);
    const usage = [{ planId, keyId, startMs, used: 5, reserved: -5 }];
    const counts = await applyCounts(real, one.journal.runId, { step: 99, usage, days: [] });
    expect(counts).toMatchObject({ isClosed: true, rows: [{ used: 5 }] });
    expect(await counter()).toEqual({ used: 5, reserved: 0 });
  });

  it("that never came to the database finds its run closed, too", async () => {
    await settleKilled(real, { runId: `never-${planId}`, done: 0, slots: [] });
    const asks = [{ planId, keyId, startMs, limit: LIMIT, wanted: 50, waiting: 1 }];
    const at = { runId: `never-${planId}`, step: 1, done: 0 };
    await expect(reserveQuota(real, at, asks)).rejects.toThrow(RunClosedError);
    expect(await counter()).toBeUndefined();
  });
});

describe("a running gateway", () => {
  it("hears later of a grant whose answer was lost, and gives it back", async () => {
    const one = await startProcess();
    await ask(one, 8);
    one.pool.fault = { when: "after", at: RESERVE };
    const admitted = 8 + (await ask(one, 40));
    await one.reporter.flushUsage(true);
    expect(await counter()).toEqual({ used: admitted, reserved: 0 });
    expect(one.reporter.isSettled).toBe(true);
  });

  it("that stops without the database leaves what it held to the next one", async () => {
    const one = await startProcess();
    await ask(one, 5);
    one.pool.fault = { when: "before", at: /^BEGIN/ };
    await expect(one.reporter.flushUsage(true)).rejects.toThrow();
    one.journal.close(one.reporter.isSettled);
    await startProcess(one.data);
    expect(await counter()).toEqual({ used: 5, reserved: 0 });
  });

  it("that was taken for dead begins anew: nothing is counted twice, nothing is lost", async () => {
    const one = await startProcess();
    await ask(one, 5);
    await ask(one, 3, { mode: "fast" });
    await replace(one);
    expect(await counter()).toEqual({ used: 5, reserved: 0 });
    const before = one.journal.runId;
    await one.reporter.flushUsage();
    expect([await counter(), await days()]).toEqual([{ used: 8, reserved: 0 }, 8]);
    expect(one.journal.runId).not.toBe(before);
    expect(await ask(one, 4)).toBe(4);
    await replace(one);
    expect(await counter()).toEqual({ used: 12, reserved: 0 });
  });

  it("that was taken for dead and has nothing to count asks under another run", async () => {
    const one = await startProcess();
    await replace(one);
    await settleKilled(real, { runId: one.journal.runId, done: 0, slots: [] });
    expect(await ask(one)).toBe(0);
    await one.reporter.flushUsage();
    wait(1_100);
    expect(await ask(one)).toBe(1);
    await one.reporter.flushUsage(true);
    expect(await counter()).toEqual({ used: 1, reserved: 0 });
  });

  it("does not push counters below nothing that a restore made small", async () => {
    const one = await startProcess();
    await ask(one, 5);
    await real.query(`UPDATE "UsageCounter" SET reserved = 0 WHERE "planId" = $1`, [planId]);
    await one.reporter.flushUsage(true);
    expect(await counter()).toEqual({ used: 5, reserved: 0 });
    await real.query(`DELETE FROM "UsageCounter" WHERE "planId" = $1`, [planId]);
    await applyCounts(real, one.journal.runId, {
      ...{ step: 99, days: [], usage: [{ planId, keyId, startMs, used: 2, reserved: -7 }] },
    });
    expect(await counter()).toEqual({ used: 2, reserved: 0 });
  });
});

it("rows of gateways that are long gone are removed, others stay", async () => {
  const old = await startProcess();
  const recent = await startProcess();
  for (const one of [old, recent]) {
    await ask(one);
    await one.reporter.flushUsage(true);
  }
  await real.query(
    `UPDATE "QuotaStep" SET "updatedAt" = (now() AT TIME ZONE 'UTC') - interval '33 days' WHERE "runId" = $1`,
    [old.journal.runId],
  );
  await recent.reporter.removeOldQuotaSteps();
  const kinds = async ({ journal }: Process) =>
    (
      await real.query(`SELECT kind FROM "QuotaStep" WHERE "runId" = $1 ORDER BY kind`, [journal.runId])
    ).rows.map(({ kind }) => kind);
  expect([await kinds(old), await kinds(recent)]).toEqual([[], ["count", "reserve"]]);
  // Whoever was only quiet goes on.
  wait(3_000);
  expect(await ask(old)).toBe(1);
  await old.reporter.flushUsage(true);
  expect(await counter()).toEqual({ used: 3, reserved: 0 });
});
