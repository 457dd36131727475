import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { build } from "esbuild";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findFreePort } from "@/server/launcher/ports";
import { buildApi } from "@/server/testing/api-builder";
import { useOwnDatabase } from "@/server/testing/own-database";

const ROOT = path.resolve(import.meta.dirname, "../..");
const API = "abc123defg";
const KEY = "a-key-value-of-the-tests";
const CLIENTS = 64;

let folder: string;
let databaseUrl: string;
let client: pg.Client;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  // Inside the project: the program finds its packages from there.
  folder = mkdtempSync(path.join(ROOT, "node_modules", ".gatehouse-quota-"));
  databaseUrl = await useOwnDatabase();
  client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await Promise.all([bundle(), prepare()]);
}, 60_000);
afterAll(async () => {
  for (const child of running) child.kill("SIGKILL");
  await client?.end();
  rmSync(folder, { recursive: true, force: true });
});

function bundle() {
  return build({
    absWorkingDir: ROOT,
    entryPoints: ["server/dataplane/main.ts"],
    outfile: path.join(folder, "dataplane.mjs"),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    packages: "external",
    alias: { "@": ROOT },
    logLevel: "error",
  });
}

async function prepare(): Promise<void> {
  const mock = {
    type: "MOCK",
    requestTemplates: { "application/json": '{"statusCode": 200}' },
    integrationResponses: { 200: { responseTemplates: { "application/json": "ok" } } },
  };
  const snapshot = buildApi({ "GET /paid": { methodIntegration: mock, apiKeyRequired: true } });
  const config = { variables: {}, methodSettings: {}, accessLogFormat: null, tracingEnabled: false };
  await client.query(`INSERT INTO "Workspace" (id, name) VALUES ('ws', 'Test')`);
  await client.query(
    `INSERT INTO "Api" (id, "workspaceId", name, definition, "definitionHash", "updatedAt") VALUES ($1, 'ws', 'Pets', '{}', 'h', now())`,
    [API],
  );
  await client.query(
    `INSERT INTO "Deployment" (id, "apiId", number, hash, snapshot, "actorName") VALUES ('dep', $1, 1, 'h', $2, 'test')`,
    [API, JSON.stringify(snapshot)],
  );
  await client.query(
    `INSERT INTO "Stage" (id, "apiId", name, "deploymentId", config, "updatedAt") VALUES ('st', $1, 'prod', 'dep', $2, now())`,
    [API, JSON.stringify(config)],
  );
}

async function addKey(id: string, quotaLimit: number): Promise<void> {
  await client.query(
    `INSERT INTO "UsagePlan" (id, "workspaceId", name, "quotaLimit", "quotaPeriod", "updatedAt") VALUES ($1, 'ws', $1, $2, 'MONTH', now())`,
    [id, quotaLimit],
  );
  await client.query(`INSERT INTO "UsagePlanStage" ("planId", "stageId") VALUES ($1, 'st')`, [id]);
  await client.query(
    `INSERT INTO "ApiKey" (id, "workspaceId", name, "valueHash", "valueHint", "updatedAt") VALUES ($1, 'ws', $1, $2, 'ests', now())`,
    [id, createHash("sha256").update(`${KEY}-${id}`).digest("hex")],
  );
  await client.query(`INSERT INTO "UsagePlanKey" ("planId", "keyId") VALUES ($1, $1)`, [id]);
}

type Gateway = { port: number; child: ChildProcess; isAlive: boolean };

async function startGateway(name: string): Promise<Gateway> {
  const port = await findFreePort();
  const child = spawn(process.execPath, [path.join(folder, "dataplane.mjs")], {
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      GATEHOUSE_GATEWAY_PORT: String(port),
      GATEHOUSE_DATA_DIR: path.join(folder, name),
      GATEHOUSE_LOG_LEVEL: "error",
    },
  });
  running.add(child);
  while ((await statusOf(port, "/_gatehouse/readyz").catch(() => 0)) !== 200) await sleep(50);
  return { port, child, isAlive: true };
}

async function stop({ child }: Gateway, signal: NodeJS.Signals): Promise<void> {
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await exited;
  running.delete(child);
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 200 });

function statusOf(port: number, route: string, key = ""): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { host: "localhost", "x-api-key": key };
    http
      .get({ host: "127.0.0.1", port, path: route, headers, agent, timeout: 10_000 }, (answer) => {
        answer.resume();
        answer.once("end", () => resolve(answer.statusCode ?? 0));
        answer.once("error", reject);
      })
      .once("error", reject);
  });
}

/** What clients saw: answers that were admitted, and requests whose gateway went away under them. */
type Seen = { admitted: number; broken: number };

/** Every client asks on, at whatever gateway is alive, until it has been refused for longer than parts stay away. */
async function load(key: string, gateways: readonly Gateway[], seen: Seen): Promise<void> {
  const one = async (index: number) => {
    let refusedSinceMs = 0;
    for (let turn = index; ; turn++) {
      const alive = gateways.filter((gateway) => gateway.isAlive);
      const gateway = alive[turn % alive.length] as Gateway;
      const status = await statusOf(gateway.port, `/${API}/prod/paid`, `${KEY}-${key}`).catch(() => null);
      if (status === null) {
        seen.broken++;
        gateway.isAlive = false;
      } else if (status === 200) {
        seen.admitted++;
        refusedSinceMs = 0;
      } else {
        expect(status).toBe(429);
        refusedSinceMs ||= Date.now();
        if (Date.now() - refusedSinceMs > 2_500) return;
        await sleep(100);
      }
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, index) => one(index)));
}

async function counter(key: string): Promise<{ used: number; reserved: number }> {
  const { rows } = await client.query(
    `SELECT used::int, reserved::int FROM "UsageCounter" WHERE "keyId" = $1`,
    [key],
  );
  return rows[0];
}

describe("a strict quota over several gateways", () => {
  let gateways: Gateway[];
  beforeAll(async () => {
    await addKey("calm", 1_000);
    await addKey("killed", 5_000);
    gateways = await Promise.all([startGateway("a"), startGateway("b"), startGateway("c")]);
  });

  it("is kept to the last request by 64 clients, and remembered over a restart", async () => {
    const seen = { admitted: 0, broken: 0 };
    await load("calm", gateways, seen);
    expect(seen).toEqual({ admitted: 1_000, broken: 0 });
    await expect.poll(() => counter("calm"), { timeout: 5_000 }).toEqual({ used: 1_000, reserved: 0 });
    await stop(gateways[0] as Gateway, "SIGTERM");
    gateways[0] = await startGateway("a");
    expect(await statusOf(gateways[0].port, `/${API}/prod/paid`, `${KEY}-calm`)).toBe(429);
  });

  it("is never passed when a gateway is killed; what that one had reserved is back when it is", async () => {
    const limit = 5_000;
    const seen = { admitted: 0, broken: 0 };
    const done = load("killed", gateways, seen);
    await expect.poll(() => seen.admitted, { timeout: 20_000, interval: 5 }).toBeGreaterThan(limit / 3);
    await stop(gateways[0] as Gateway, "SIGKILL");
    await done;
    const survivors = gateways.slice(1);
    const left = async () => (await counter("killed")).used + (await counter("killed")).reserved;
    expect(await left()).toBe(limit);
    const { reserved } = await counter("killed");
    // Nothing is missing but what the killed gateway held, and what it admitted and could not answer.
    expect(seen.admitted).toBeLessThanOrEqual(limit);
    expect(limit - seen.admitted).toBeLessThanOrEqual(reserved + seen.broken);
    expect(seen.broken).toBeLessThanOrEqual(CLIENTS);
    expect(reserved).toBeLessThanOrEqual(limit / 4);

    const again = await startGateway("a");
    await load("killed", [...survivors, again], seen);
    await expect.poll(() => counter("killed"), { timeout: 5_000 }).toEqual({ used: limit, reserved: 0 });
    // The journal is told of uses in steps of a 32nd of a block.
    expect(seen.admitted).toBeLessThanOrEqual(limit);
    expect(seen.admitted).toBeGreaterThanOrEqual(limit - seen.broken - limit / 16 / 32 - 1);
    await Promise.all([...survivors, again].map((gateway) => stop(gateway, "SIGTERM")));
  });
});
