import type { Pool } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/server/db/client";
import { addCanaryWindows } from "@/server/db/dataplane/canary-queries";
import { openDataplanePool } from "@/server/db/dataplane/pool";
import { environment } from "@/server/env";
import type { RolloutPlan } from "@/server/gateway/canary/rollout-plan";
import { LATENCY_BUCKET_COUNT } from "@/server/gateway/latency-buckets";
import { listAudit } from "@/server/services/audit/list-audit";
import { canaryTimeline } from "@/server/services/canary/canary-timeline";
import { promoteCanary, removeCanary, updateCanary } from "@/server/services/canary/change-canary";
import { compareVariants } from "@/server/services/canary/compare-variants";
import { listRollouts } from "@/server/services/canary/list-rollouts";
import { rolloutReport } from "@/server/services/canary/rollout-report";
import { pauseRollout, startRollout, stopRollout } from "@/server/services/canary/rollouts";
import { startCanary } from "@/server/services/canary/start-canary";
import { getStage } from "@/server/services/stage/get-stage";
import { createTestApi, deployTestApi } from "@/server/testing/test-api";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { analyseCanaries } from "./canary-analyst";

const START = Date.UTC(2026, 10, 25, 12, 0, 0);
const PLAN: RolloutPlan = {
  steps: [
    { percentTraffic: 5, minutes: 1 },
    { percentTraffic: 50, minutes: 1 },
  ],
  guardrails: { maxErrorPercent: 2, maxP95Ms: null, maxErrorRatio: null, maxP95Ratio: null, minSamples: 20 },
  isPromotedAtEnd: true,
  isPaused: false,
};

let workspace: TestWorkspace;
let pool: Pool;
let stage: { apiId: string; stageName: string };
let first: string;
let second: string;

beforeAll(async () => {
  workspace = await createTestWorkspace();
  pool = openDataplanePool(environment().databaseUrl as string);
});
afterAll(() => pool?.end());

beforeEach(async () => {
  const { apiId } = await createTestApi(workspace.owner);
  stage = { apiId, stageName: "prod" };
  first = (await deployTestApi(workspace.owner, apiId)).deploymentId;
  second = (await deployTestApi(workspace.owner, apiId, "other")).deploymentId;
  const canary = {
    percentTraffic: 0,
    deploymentId: second,
    stageVariableOverrides: { host: "new" },
    useStageCache: false,
    sticky: null,
  };
  await startCanary(workspace.owner, { ...stage, canary });
});

const start = (plan: Partial<RolloutPlan> = {}) =>
  startRollout(workspace.owner, { ...stage, plan: { ...PLAN, ...plan } }, new Date(START));
const serve = (atMs: number, count: number, errors5xx = 0, isCanary = true) =>
  addCanaryWindows(pool, [
    {
      apiId: stage.apiId,
      stage: "prod",
      deploymentId: isCanary ? second : first,
      isCanary,
      startMs: START + atMs,
      count,
      errors4xx: 0,
      errors5xx,
      buckets: [count, ...new Array<number>(LATENCY_BUCKET_COUNT - 1).fill(0)],
    },
  ]);
const analyse = (atMs: number) => analyseCanaries(pool, START + atMs);
const newest = async () => (await listRollouts(workspace.owner, stage))[0];
const current = () => getStage(workspace.owner, stage);

describe("the analysis of a canary", () => {
  it("aborts a bad canary by itself: traffic, history, audit, nodes and evidence say so", async () => {
    await start();
    await serve(0, 19, 19);
    await serve(0, 400, 1, false);
    await analyse(2_000);
    expect(await newest()).toMatchObject({
      status: "running",
      verdict: { outcome: "inconclusive", samples: 19 },
    });
    await serve(0, 1, 1);
    const before = await database().configChange.count();
    await analyse(4_000);
    const detail = await current();
    expect([detail.config.canary, detail.deployment.id]).toEqual([null, first]);
    expect(detail.events[0]).toMatchObject({ kind: "canary-aborted", actorName: "Canary analysis" });
    expect(await database().configChange.count()).toBeGreaterThan(before);
    const { items } = await listAudit(workspace.owner, {});
    expect(items[0]).toMatchObject({ action: "stage.canary-aborted", subject: "Pets › prod" });
    const rollout = await newest();
    expect(rollout).toMatchObject({
      status: "aborted",
      reason: "100 % of 20 requests failed, the limit is 2 %",
      endedAt: new Date(START + 4_000),
    });
    expect(rollout?.evidence).toMatchObject([
      {
        move: "abort",
        step: 0,
        percentTraffic: 5,
        canary: { count: 20, errorPercent: 100 },
        production: { count: 400, errors5xx: 1, errorPercent: 0.25 },
      },
    ]);
    await analyse(6_000);
    expect((await newest())?.evidence).toHaveLength(1);
  });

  it("lets the steps wait while they are paused, and guards them meanwhile", async () => {
    await start();
    await serve(5_000, 30);
    await pauseRollout(workspace.owner, { ...stage, isPaused: true });
    await analyse(61_000);
    expect(await newest()).toMatchObject({ status: "running", step: 0, plan: { isPaused: true } });
    await pauseRollout(workspace.owner, { ...stage, isPaused: false });
    await analyse(63_000);
    expect(await newest()).toMatchObject({ status: "running", step: 1, plan: { isPaused: false } });
    await pauseRollout(workspace.owner, { ...stage, isPaused: true });
    await serve(65_000, 40, 40);
    await analyse(67_000);
    expect((await newest())?.status).toBe("aborted");
    const none = pauseRollout(workspace.owner, { ...stage, isPaused: true });
    await expect(none).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("compares with production, shows both over time, and gives it all out as a file", async () => {
    const guardrails = { ...PLAN.guardrails, maxErrorPercent: null, maxErrorRatio: 2 };
    const { rolloutId } = await start({ guardrails });
    await serve(5_000, 100, 20);
    await analyse(6_000);
    expect((await newest())?.verdict).toMatchObject({
      outcome: "inconclusive",
      open: "0 of 20 requests to production to compare with so far",
    });
    await serve(10_000, 500, 5, false);
    await analyse(12_000);
    expect((await newest())?.reason).toBe(
      "20 % of 100 requests failed beside 1 % of 500 in production, the limit is 2 %",
    );
    const { spanMs, points } = await canaryTimeline(workspace.owner, { ...stage, minutes: 5, rolloutId });
    expect(spanMs).toBe(5_000);
    expect(points).toMatchObject([
      { at: new Date(START + 5_000), canary: { count: 100, errorPercent: 20 }, production: null },
      { at: new Date(START + 10_000), canary: null, production: { count: 500 } },
    ]);
    const { filename, content } = await rolloutReport(workspace.owner, { ...stage, rolloutId });
    expect(filename).toBe("canary-2-prod.json");
    expect(JSON.parse(content)).toMatchObject({
      stage: "prod",
      plan: { guardrails: { maxErrorRatio: 2 } },
      evidence: [{ move: "abort", judgement: { productionSamples: 500 } }],
      timeline: { points: [{ canary: { count: 100 } }, { production: { count: 500 } }] },
    });
  });

  it("takes a good canary up step by step and promotes it with its variables", async () => {
    await start();
    expect((await current()).config.canary?.percentTraffic).toBe(5);
    await serve(5_000, 30);
    await analyse(59_000);
    expect((await current()).config.canary?.percentTraffic).toBe(5);
    await analyse(60_000);
    expect((await current()).config.canary?.percentTraffic).toBe(50);
    expect(await newest()).toMatchObject({
      status: "running",
      step: 1,
      stepStartedAt: new Date(START + 60_000),
    });
    await analyse(125_000);
    expect(await newest()).toMatchObject({ status: "running", verdict: { outcome: "inconclusive" } });
    await serve(125_000, 30);
    await analyse(130_000);
    const detail = await current();
    expect(detail.deployment.id).toBe(second);
    expect(detail.config).toMatchObject({ canary: null, variables: { host: "new" } });
    expect(detail.events.slice(0, 2).map(({ kind }) => kind)).toEqual(["canary-promoted", "canary-changed"]);
    const rollout = await newest();
    expect(rollout?.status).toBe("promoted");
    expect(rollout?.evidence.map(({ move }) => move)).toEqual(["step", "promote"]);
  });

  it("leaves a canary that passed to people if its plan says so", async () => {
    await start({ isPromotedAtEnd: false, steps: [{ percentTraffic: 5, minutes: 1 }] });
    await serve(0, 30);
    await analyse(60_000);
    expect(await newest()).toMatchObject({ status: "passed" });
    expect((await current()).config.canary?.percentTraffic).toBe(5);
    await promoteCanary(workspace.owner, stage);
    expect(await newest()).toMatchObject({ status: "promoted", reason: "Test owner promoted the canary" });
  });

  it("is done once, however many nodes look at the same time", async () => {
    await start();
    await serve(0, 30, 30);
    await Promise.all([analyse(2_000), analyse(2_000), analyse(2_000)]);
    const { events } = await current();
    expect(events.filter(({ kind }) => kind === "canary-aborted")).toHaveLength(1);
  });

  it("ends when somebody takes the matter into their own hands", async () => {
    await start();
    await expect(start()).rejects.toMatchObject({ code: "CONFLICT" });
    await updateCanary(workspace.owner, { ...stage, changes: { percentTraffic: 30 } });
    expect(await newest()).toMatchObject({ status: "ended", reason: "Test owner set the share by hand" });
    await start();
    await stopRollout(workspace.owner, stage);
    expect(await newest()).toMatchObject({ status: "ended", reason: "Test owner stopped the steps" });
    expect((await current()).config.canary?.percentTraffic).toBe(5);
    await expect(stopRollout(workspace.owner, stage)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await start();
    await removeCanary(workspace.owner, stage);
    expect(await newest()).toMatchObject({ status: "aborted", reason: "Test owner removed the canary" });
    await expect(start()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("the comparison", () => {
  it("adds up what both variants did in the last minutes, and nothing of other deployments", async () => {
    await serve(0, 10, 1);
    await serve(60_000, 20, 2);
    await serve(60_000, 300, 0, false);
    const compared = await compareVariants(
      workspace.owner,
      { ...stage, minutes: 1 },
      new Date(START + 90_000),
    );
    expect(compared).toMatchObject({
      canary: { count: 20, errors5xx: 2, errorPercent: 10 },
      production: { count: 300, errorPercent: 0 },
      measuredAt: new Date(START + 60_000),
    });
  });
});
