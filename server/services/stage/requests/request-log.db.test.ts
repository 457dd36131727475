import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDataplanePool } from "@/server/db/dataplane/pool";
import {
  insertRequests,
  type RequestRow,
  removeOldRequests,
} from "@/server/db/dataplane/request-log-queries";
import { createTestApi, deployTestApi } from "@/server/testing/test-api";
import { createTestWorkspace, type TestWorkspace } from "@/server/testing/test-workspace";
import { countRequests } from "./count-requests";
import { getRequest } from "./get-request";
import { searchRequests } from "./search-requests";
import { tailRequests } from "./tail-requests";

const pool = openDataplanePool(process.env.DATABASE_URL as string);
let workspace: TestWorkspace;
let stage: { apiId: string; stageName: string };

const row = (overrides: Partial<RequestRow> = {}): RequestRow => ({
  atMs: Date.now(),
  apiId: stage.apiId,
  stage: stage.stageName,
  requestId: `${stage.apiId}-${Math.random()}`,
  method: "GET",
  path: "/pets/1",
  route: "GET /pets/{petId}",
  status: 200,
  latencyMs: 1.5,
  integrationMs: 0,
  keyId: null,
  keyName: null,
  planId: null,
  sourceIp: "127.0.0.1",
  deploymentId: "d",
  isCanary: null,
  errorType: null,
  detail: { steps: [] },
  ...overrides,
});

beforeAll(async () => {
  workspace = await createTestWorkspace("Requests");
  const { apiId } = await createTestApi(workspace.owner);
  const { stageName } = await deployTestApi(workspace.owner, apiId);
  stage = { apiId, stageName };
});
afterAll(() => pool.end());

describe("logged requests", () => {
  it("are found by status, method, path, key, id and time", async () => {
    await insertRequests(pool, [
      row({ requestId: `${stage.apiId}-ok` }),
      row({
        status: 429,
        method: "POST",
        path: "/orders",
        keyId: "k1",
        keyName: "Mobile",
        errorType: "THROTTLED",
      }),
      row({ status: 502, atMs: Date.now() - 7_200_000 }),
    ]);
    const statuses = async (filter: object) =>
      (await searchRequests(workspace.owner, { ...stage, filter })).items.map(({ status }) => status);
    expect(await statuses({})).toEqual([502, 429, 200]);
    expect(await statuses({ status: "4xx" })).toEqual([429]);
    expect(await statuses({ method: "POST" })).toEqual([429]);
    expect(await statuses({ path: "order" })).toEqual([429]);
    expect(await statuses({ key: "mobile" })).toEqual([429]);
    expect(await statuses({ key: "k1" })).toEqual([429]);
    expect(await statuses({ requestId: `${stage.apiId}-ok` })).toEqual([200]);
    expect(await statuses({ minutes: 60 })).toEqual([429, 200]);
    expect(await getRequest(workspace.owner, { ...stage, requestId: `${stage.apiId}-ok` })).toMatchObject({
      latencyMs: 1.5,
      detail: { steps: [] },
    });
  });

  it("are counted over time, with the same filters", async () => {
    const { apiId } = await createTestApi(workspace.owner);
    const { stageName } = await deployTestApi(workspace.owner, apiId);
    const own = { apiId, stage: stageName };
    const at = Date.UTC(2026, 2, 10, 12);
    await insertRequests(pool, [
      row({ ...own, atMs: at }),
      row({ ...own, atMs: at + 59_999, status: 404, keyId: "k1", keyName: "Mobile" }),
      row({ ...own, atMs: at + 60_000, status: 429, method: "POST", path: "/orders" }),
      row({ ...own, atMs: at + 1_800_000, status: 502 }),
    ]);
    const now = new Date(at + 3_000_000);
    const count = async (filter: object) => {
      const counted = await countRequests(workspace.owner, { apiId, stageName, filter }, now);
      const bars = counted.bars.filter((bar) => bar.passed + bar.errors4xx + bar.errors5xx > 0);
      return [
        counted.stepMs,
        counted.bars.length,
        ...bars.map((bar) => [(bar.atMs - at) / 60_000, bar.passed, bar.errors4xx, bar.errors5xx]),
      ];
    };
    const step = 60_000;
    expect(await count({})).toEqual([step, 50, [0, 1, 1, 0], [1, 0, 1, 0], [30, 0, 0, 1]]);
    expect(await count({ fromMs: at, toMs: at + 60_000 })).toEqual([
      1_000,
      60,
      [0, 1, 0, 0],
      [59 / 60, 0, 1, 0],
    ]);
    expect(await count({ minutes: 30 })).toEqual([30_000, 60, [30, 0, 0, 1]]);
    expect((await count({ fromMs: at, status: "4xx" })).slice(2)).toEqual([
      [0, 0, 1, 0],
      [1, 0, 1, 0],
    ]);
    expect((await count({ fromMs: at, key: "mobi" })).slice(2)).toEqual([[0, 0, 1, 0]]);
    for (const filter of [{ method: "POST" }, { path: "order" }])
      expect((await count({ fromMs: at, ...filter })).slice(2)).toEqual([[1, 0, 1, 0]]);
    expect((await count({ requestId: "none" })).slice(1)).toEqual([0]);
  });

  it("are told to who looks on, as they come, and only those that were asked for", async () => {
    const end = new AbortController();
    const tail = await tailRequests(workspace.owner, { ...stage, filter: { status: "5xx" } }, end.signal);
    const batches = tail[Symbol.asyncIterator]();
    const next = batches.next();
    await insertRequests(pool, [row(), row({ status: 504, requestId: `${stage.apiId}-late` })]);
    const { value } = await next;
    expect(value).toMatchObject([{ status: 504, requestId: `${stage.apiId}-late` }]);
    const last = batches.next();
    end.abort();
    expect((await last).done).toBe(true);
  });

  it("go by age", async () => {
    await insertRequests(pool, [
      row({ requestId: `${stage.apiId}-old`, atMs: Date.now() - 400 * 3_600_000 }),
    ]);
    await insertRequests(pool, [row({ requestId: `${stage.apiId}-new` })]);
    await removeOldRequests(pool, { hours: 300, rows: 1_000_000 });
    const of = (requestId: string) =>
      searchRequests(workspace.owner, { ...stage, filter: { requestId } }).then(({ items }) => items.length);
    expect([await of(`${stage.apiId}-old`), await of(`${stage.apiId}-new`)]).toEqual([0, 1]);
  });
});
