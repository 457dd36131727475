import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildApi } from "@/server/testing/api-builder";
import { useOwnDatabase } from "@/server/testing/own-database";
import { startTcpGate, type TcpGate } from "@/server/testing/tcp-gate";
import { type RunningNode, startGatewayNode } from "./gateway-node";

const API = "abc123defg";
const KEY = "a-key-value-of-the-tests";
const CLIENTS = 8;

let dataDir: string;
let database: pg.Client;
let gate: TcpGate;
let node: RunningNode;

beforeAll(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), "gatehouse-faults-"));
  // Where the log of the third stage should be there is a folder: nothing can be written.
  mkdirSync(path.join(dataDir, "logs", "access", API, "full.log"), { recursive: true });
  const databaseUrl = await useOwnDatabase();
  gate = await startTcpGate(databaseUrl);
  database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  await database.query(`INSERT INTO "Workspace" (id, name) VALUES ('ws', 'Test')`);
  await database.query(
    `INSERT INTO "Api" (id, "workspaceId", name, definition, "definitionHash", "updatedAt") VALUES ($1, 'ws', 'Pets', '{}', 'h', now())`,
    [API],
  );
  await deploy("prod");
  await deploy("full");
  await addPlanAndKey();
  node = await startGatewayNode({
    databaseUrl: gate.url,
    host: "127.0.0.1",
    port: 0,
    dataDir,
    accountThrottle: { rateLimit: 1_000_000, burstLimit: 1_000_000 },
    log: pino({ level: "silent" }),
  });
}, 60_000);
afterAll(async () => {
  gate?.open();
  await node?.stop();
  await gate?.close();
  await database?.end();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Says the number of its deployment in a header by one mapping and in the body by a template. */
function snapshotNumbered(number: number) {
  const method = {
    methodIntegration: {
      type: "MOCK",
      requestTemplates: { "application/json": '{"statusCode": 200}' },
      integrationResponses: {
        200: {
          responseParameters: { "method.response.header.X-Number": `'${number}'` },
          responseTemplates: { "application/json": String(number) },
        },
      },
    },
    methodResponses: { 200: { responseParameters: { "method.response.header.X-Number": true } } },
  };
  return buildApi({ "GET /": method, "GET /paid": { ...method, apiKeyRequired: true } });
}

let deployments = 0;
async function deploy(stage: string): Promise<number> {
  const number = ++deployments;
  const id = `dep${number}`;
  await database.query("BEGIN");
  await database.query(
    `INSERT INTO "Deployment" (id, "apiId", number, hash, snapshot, "actorName") VALUES ($1, $2, $3, 'h', $4, 'test')`,
    [id, API, number, JSON.stringify(snapshotNumbered(number))],
  );
  const config = { accessLogFormat: "$context.requestId $context.status" };
  await database.query(
    `INSERT INTO "Stage" (id, "apiId", name, "deploymentId", config, "updatedAt") VALUES ($1, $2, $1, $3, $4, now())
     ON CONFLICT ("apiId", name) DO UPDATE SET "deploymentId" = EXCLUDED."deploymentId"`,
    [stage, API, id, JSON.stringify(config)],
  );
  const { rows } = await database.query(
    `INSERT INTO "ConfigChange" (kind, subject) VALUES ('stage', $1) RETURNING id`,
    [`${API}/${stage}`],
  );
  await database.query("SELECT pg_notify('gatehouse_config', $1)", [String(rows[0].id)]);
  await database.query("COMMIT");
  return number;
}

async function addPlanAndKey(): Promise<void> {
  await database.query(
    `INSERT INTO "UsagePlan" (id, "workspaceId", name, "quotaLimit", "quotaPeriod", "quotaMode", "updatedAt") VALUES ('plan', 'ws', 'Gold', 10000000, 'MONTH', 'fast', now())`,
  );
  await database.query(`INSERT INTO "UsagePlanStage" ("planId", "stageId") VALUES ('plan', 'prod')`);
  await database.query(
    `INSERT INTO "ApiKey" (id, "workspaceId", name, "valueHash", "valueHint", "updatedAt") VALUES ('key', 'ws', 'Ada', $1, 'ests', now())`,
    [createHash("sha256").update(KEY).digest("hex")],
  );
  await database.query(`INSERT INTO "UsagePlanKey" ("planId", "keyId") VALUES ('plan', 'key')`);
}

type Answer = { status: number; number: string | undefined; body: string };

function ask(agent: http.Agent, route: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.get(
      {
        agent,
        host: "127.0.0.1",
        port: node.port,
        path: `/${API}/${route}`,
        headers: { "x-api-key": KEY },
      },
      (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (text: string) => {
          body += text;
        });
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            number: response.headers["x-number"] as string | undefined,
            body,
          }),
        );
        response.on("error", reject);
      },
    );
    request.on("error", reject);
  });
}

/** Asks with several clients at once for as long as `act` runs. A refused connection or a reset is an error. */
async function underLoad(route: string, act: () => Promise<unknown>): Promise<Answer[]> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CLIENTS });
  const answers: Answer[] = [];
  let isDone = false;
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (!isDone) answers.push(await ask(agent, route));
  });
  try {
    await Promise.race([act(), Promise.all(clients)]);
  } finally {
    isDone = true;
    await Promise.all(clients);
    agent.destroy();
  }
  return answers;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const statusesOf = (answers: readonly Answer[]) => [...new Set(answers.map(({ status }) => status))];

describe("a gateway node under load", () => {
  it("fails no request while 100 deployments come in, and no answer is of two of them", async () => {
    let last = 0;
    const answers = await underLoad("prod/", async () => {
      for (let i = 0; i < 100; i++) last = await deploy("prod");
      const agent = new http.Agent();
      await expect.poll(async () => (await ask(agent, "prod/")).body, { timeout: 10_000 }).toBe(String(last));
    });
    expect(statusesOf(answers)).toEqual([200]);
    expect(answers.filter(({ number, body }) => number !== body)).toEqual([]);
    expect(new Set(answers.map(({ body }) => body)).size).toBeGreaterThan(2);
  }, 40_000);

  it("fails no request while the database is away, and every one of them is counted in the end", async () => {
    const used = async () =>
      Number((await database.query(`SELECT used FROM "UsageCounter"`)).rows[0]?.used ?? 0);
    const before = await underLoad("prod/paid", () => sleep(1_500));
    const during = await underLoad("prod/paid", async () => {
      gate.shut();
      await sleep(3_000);
    });
    expect(statusesOf([...before, ...during])).toEqual([200]);
    expect(during.length).toBeGreaterThan(100);
    gate.open();
    await expect.poll(used, { timeout: 15_000, interval: 100 }).toBe(before.length + during.length);
  }, 40_000);

  it("answers when nothing of the access log can be written, and tells how much was lost", async () => {
    const answers = await underLoad("full/", () => sleep(1_000));
    expect(statusesOf(answers)).toEqual([200]);
    const agent = new http.Agent();
    const metrics = () =>
      new Promise<string>((resolve, reject) => {
        http
          .get({ agent, host: "127.0.0.1", port: node.port, path: "/_gatehouse/metrics" }, (response) => {
            let text = "";
            response.setEncoding("utf8").on("data", (part: string) => {
              text += part;
            });
            response.on("end", () => resolve(text));
          })
          .on("error", reject);
      });
    await expect.poll(metrics, { timeout: 5_000 }).toMatch(/access_log\w*dropped\w* [1-9]/);
  }, 20_000);
});
