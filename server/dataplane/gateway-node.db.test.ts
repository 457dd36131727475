import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildApi } from "@/server/testing/api-builder";
import { sendRaw } from "@/server/testing/conformance/raw-request";
import { useOwnDatabase } from "@/server/testing/own-database";
import { type RunningNode, startGatewayNode } from "./gateway-node";

const API = "abc123defg";
const KEY = "a-key-value-of-the-tests";
const log = pino({ level: "silent" });
let dataDir: string;
let databaseUrl: string;
let client: pg.Client;
let node: RunningNode;

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), "gatehouse-node-"));
  databaseUrl = await useOwnDatabase();
  client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(`INSERT INTO "Workspace" (id, name) VALUES ('ws', 'Test')`);
  await client.query(
    `INSERT INTO "Api" (id, "workspaceId", name, definition, "definitionHash", "updatedAt") VALUES ($1, 'ws', 'Pets', '{}', 'h', now())`,
    [API],
  );
  await deploy("one");
  await addPlanAndKey();
  node = await start();
}, 60_000);
afterAll(async () => {
  await node?.stop();
  await client?.end();
  rmSync(dataDir, { recursive: true, force: true });
});

const start = (url: string | undefined = databaseUrl) =>
  startGatewayNode({ databaseUrl: url, host: "127.0.0.1", port: 0, dataDir, log });

function snapshotSaying(text: string) {
  const method = {
    methodIntegration: {
      type: "MOCK",
      requestTemplates: { "application/json": '{"statusCode": 200}' },
      integrationResponses: { 200: { responseTemplates: { "application/json": text } } },
    },
  };
  return buildApi({ "GET /": method, "GET /paid": { ...method, apiKeyRequired: true } });
}

let deployments = 0;
async function deploy(text: string, snapshot: unknown = snapshotSaying(text)): Promise<void> {
  const id = `dep${++deployments}`;
  await client.query("BEGIN");
  await client.query(
    `INSERT INTO "Deployment" (id, "apiId", number, hash, snapshot, "actorName") VALUES ($1, $2, $3, 'h', $4, 'test')`,
    [id, API, deployments, JSON.stringify(snapshot)],
  );
  const config = {
    variables: {},
    methodSettings: {},
    accessLogFormat: "$context.requestId $context.status",
    tracingEnabled: false,
  };
  await client.query(
    `INSERT INTO "Stage" (id, "apiId", name, "deploymentId", config, "updatedAt") VALUES ('st', $1, 'prod', $2, $3, now())
     ON CONFLICT ("apiId", name) DO UPDATE SET "deploymentId" = EXCLUDED."deploymentId"`,
    [API, id, JSON.stringify(config)],
  );
  await note("stage", `${API}/prod`);
  await client.query("COMMIT");
}

async function note(kind: string, subject: string): Promise<void> {
  const { rows } = await client.query(
    `INSERT INTO "ConfigChange" (kind, subject) VALUES ($1, $2) RETURNING id`,
    [kind, subject],
  );
  await client.query("SELECT pg_notify('gatehouse_config', $1)", [String(rows[0].id)]);
}

async function addPlanAndKey(): Promise<void> {
  await client.query(
    `INSERT INTO "UsagePlan" (id, "workspaceId", name, "quotaLimit", "quotaPeriod", "updatedAt") VALUES ('plan', 'ws', 'Gold', 3, 'MONTH', now())`,
  );
  await client.query(`INSERT INTO "UsagePlanStage" ("planId", "stageId") VALUES ('plan', 'st')`);
  await client.query(
    `INSERT INTO "ApiKey" (id, "workspaceId", name, "valueHash", "valueHint", "updatedAt") VALUES ('key', 'ws', 'Ada', $1, 'ests', now())`,
    [createHash("sha256").update(KEY).digest("hex")],
  );
  await client.query(`INSERT INTO "UsagePlanKey" ("planId", "keyId") VALUES ('plan', 'key')`);
}

async function get(route = "/", headers = "", port = node.port) {
  const answer = await sendRaw(
    port,
    `GET /${API}/prod${route} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`,
  );
  return { status: answer.status, body: answer.body.toString() };
}

const heartbeat = async () => (await client.query(`SELECT * FROM "GatewayNode"`)).rows[0];

describe("a gateway node on PostgreSQL", () => {
  it("serves a new deployment within a second, and no request fails on the way", async () => {
    expect(await get()).toEqual({ status: 200, body: "one" });
    let isDone = false;
    const statuses = new Set<number>();
    const texts: string[] = [];
    const load = Promise.all(
      Array.from({ length: 4 }, async () => {
        while (!isDone) {
          const { status, body } = await get();
          statuses.add(status);
          texts.push(body);
        }
      }),
    );
    const startedMs = Date.now();
    await deploy("two");
    await expect.poll(() => texts.at(-1), { timeout: 5_000, interval: 10 }).toBe("two");
    const tookMs = Date.now() - startedMs;
    isDone = true;
    await load;
    expect(tookMs).toBeLessThan(1_000);
    expect([...statuses]).toEqual([200]);
  });

  it("reports what it has applied", async () => {
    const { rows } = await client.query(`SELECT max(id) AS id FROM "ConfigChange"`);
    await expect.poll(async () => (await heartbeat())?.cursor, { timeout: 5_000 }).toBe(rows[0].id);
  });

  it("refuses a deployment it cannot compile, serves on, and reports the reason", async () => {
    await deploy("bad", { ...snapshotSaying("bad"), formatVersion: 99 });
    await expect.poll(async () => (await heartbeat())?.rejected?.length, { timeout: 5_000 }).toBe(1);
    expect(await get()).toEqual({ status: 200, body: "two" });
    await deploy("three");
    await expect.poll(async () => (await get()).body, { timeout: 5_000 }).toBe("three");
  });

  it("lets no other stage suffer from one whose settings it cannot read", async () => {
    await client.query(
      `INSERT INTO "Stage" (id, "apiId", name, "deploymentId", config, "updatedAt") VALUES ('odd', $1, 'odd', 'dep1', '{"moon": 1}', now())`,
      [API],
    );
    await note("stage", `${API}/odd`);
    await expect
      .poll(async () => (await heartbeat())?.rejected?.[0]?.stageName, { timeout: 5_000 })
      .toBe("odd");
    const other = await start();
    expect((await get("/", "", other.port)).body).toBe("three");
    await other.stop();
    await client.query(`DELETE FROM "Stage" WHERE id = 'odd'`);
    await note("stage", `${API}/odd`);
  });

  it("holds a key to its quota, counts it in the database, and remembers it over a restart", async () => {
    const header = `x-api-key: ${KEY}\r\n`;
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await get("/paid", header)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const used = async () => (await client.query(`SELECT used FROM "UsageCounter"`)).rows[0]?.used;
    await expect.poll(used, { timeout: 5_000 }).toBe("3");
    // Days are stored a moment after the counters.
    const days = async () => (await client.query(`SELECT day::text, count, throttled FROM "UsageDay"`)).rows;
    const today = new Date().toISOString().slice(0, 10);
    await expect.poll(days, { timeout: 5_000 }).toEqual([{ day: today, count: "3", throttled: "0" }]);
    const other = await start();
    await expect
      .poll(async () => (await get("/paid", header, other.port)).status, { timeout: 5_000 })
      .toBe(429);
    await other.stop();
  });

  it("lets a key in again whose quota was extended for the present period, and no more often than that", async () => {
    const header = `x-api-key: ${KEY}\r\n`;
    expect((await get("/paid", header)).status).toBe(429);
    await client.query(`UPDATE "UsageCounter" SET used = 1`);
    await note("usage", "plan/key");
    await expect.poll(async () => (await get("/paid", header)).status, { timeout: 5_000 }).toBe(200);
    expect((await get("/paid", header)).status).toBe(200);
    expect((await get("/paid", header)).status).toBe(429);
  });

  it("takes a revoked key and a widened plan in at once", async () => {
    const header = `x-api-key: ${KEY}\r\n`;
    await client.query(`UPDATE "UsagePlan" SET "quotaLimit" = 1000 WHERE id = 'plan'`);
    await note("plan", "plan");
    await expect.poll(async () => (await get("/paid", header)).status, { timeout: 5_000 }).toBe(200);
    await client.query(`UPDATE "ApiKey" SET enabled = false WHERE id = 'key'`);
    await note("key", "key");
    await expect.poll(async () => (await get("/paid", header)).status, { timeout: 5_000 }).toBe(403);
  });

  it("adds its minutes to those of other nodes", async () => {
    const rows = async () =>
      (
        await client.query(
          `SELECT sum(count)::int AS count, sum((SELECT sum(n) FROM unnest(buckets) AS n))::int AS buckets
           FROM "MetricMinute" WHERE "apiId" = $1 AND stage = 'prod' AND route = 'GET /'`,
          [API],
        )
      ).rows[0];
    await expect.poll(async () => (await rows()).count, { timeout: 10_000 }).toBeGreaterThan(5);
    await get();
    const before = (await rows()).count;
    await expect.poll(async () => (await rows()).count, { timeout: 10_000 }).toBeGreaterThan(before);
    const after = await rows();
    expect(after.buckets).toBe(after.count);
  });

  it("writes the access log", async () => {
    const file = path.join(dataDir, "logs", "access", API, "prod.log");
    await expect.poll(() => readFileSync(file, "utf8"), { timeout: 5_000 }).toMatch(/^[0-9a-f-]{36} 200\n/);
  });

  it("starts and serves without a database, from what it has kept on disk", async () => {
    await expect
      .poll(
        () =>
          JSON.parse(readFileSync(path.join(dataDir, "last-good", "state.json"), "utf8")).stages[0]
            .deploymentId,
        { timeout: 5_000 },
      )
      .toBe("dep4");
    const lonely = await start("postgresql://nobody@127.0.0.1:1/nowhere");
    expect(await get("/", "", lonely.port)).toEqual({ status: 200, body: "three" });
    await lonely.stop();
  });

  it("tells its health", async () => {
    const admin = async (name: string) => {
      const answer = await sendRaw(node.port, `GET /_gatehouse/${name} HTTP/1.1\r\nHost: x\r\n\r\n`);
      return [answer.status, answer.body.toString()] as const;
    };
    expect(await admin("healthz")).toEqual([200, "ok\n"]);
    expect(await admin("readyz")).toEqual([200, "ready\n"]);
    expect((await admin("metrics"))[1]).toMatch(/^gatehouse_requests_total \d+$/m);
  });

  it("lets go of its row when it stops, and lets running requests end", async () => {
    const short = await start();
    const rows = async () => (await client.query(`SELECT count(*)::int AS n FROM "GatewayNode"`)).rows[0].n;
    await expect.poll(rows, { timeout: 5_000 }).toBe(2);
    await short.stop();
    expect(await rows()).toBe(1);
  });
});
