import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import tls from "node:tls";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findFreePort } from "@/server/launcher/ports";
import { buildApi } from "@/server/testing/api-builder";
import {
  bundleGateway,
  type GatewayProgram,
  type GatewayPrograms,
  insertApi,
  insertPlan,
  quotaCounter,
  statusOf,
} from "@/server/testing/gateway-program";
import { startCollector } from "@/server/testing/otlp-collector";
import { useOwnDatabase } from "@/server/testing/own-database";

const API = "abc123defg";
const CLIENTS = 8;
const LEAD_MS = 2_000;
const QUOTA = 3_000;
/** A killed worker has told that it uses up to a 32nd of a block more than it has; a block is a 16th of the quota at most. */
const MOST_TOLD = Math.ceil(QUOTA / 16 / 32);

let programs: GatewayPrograms;
let databaseUrl: string;
let client: pg.Client;
let gateway: GatewayProgram;
let tlsPort: number;

beforeAll(async () => {
  databaseUrl = await useOwnDatabase();
  tlsPort = await findFreePort();
  const config = { cacheClusterEnabled: true, methodSettings: { "~1cached/GET": { cachingEnabled: true } } };
  client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  [programs] = await Promise.all([
    bundleGateway(),
    insertApi(client, API, { snapshot: snapshotNumbered(0), config }),
  ]);
  await insertPlan(client, { id: "many", value: "value-many", quota: QUOTA });
  await insertPlan(client, { id: "few", value: "value-few", throttle: { rateLimit: 0.001, burstLimit: 7 } });
  await insertPlan(client, { id: "fast", value: "value-fast", throttle: { rateLimit: 200, burstLimit: 50 } });
  // Long enough for clients on a loaded machine to ask once more while it ends.
  gateway = await start("a", {
    GATEHOUSE_TLS_PORT: String(tlsPort),
    GATEHOUSE_DRAIN_LEAD_MS: String(LEAD_MS),
  });
}, 60_000);
afterAll(async () => {
  await programs?.stopAll();
  await client?.end();
});

const start = (name: string, more: Record<string, string> = {}) =>
  programs.start(name, { DATABASE_URL: databaseUrl, GATEHOUSE_WORKERS: "2", ...more });

/** Its answer says which request made it. */
const cachedMethod = {
  methodIntegration: {
    type: "MOCK",
    requestTemplates: { "application/json": '{"statusCode": 200}' },
    integrationResponses: { 200: { responseTemplates: { "application/json": "$context.requestId" } } },
  },
};

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
  return buildApi({
    "GET /": method,
    "GET /paid": { ...method, apiKeyRequired: true },
    "GET /cached": cachedMethod,
  });
}

async function deploy(number: number): Promise<string> {
  await client.query("BEGIN");
  await client.query(
    `INSERT INTO "Deployment" (id, "apiId", number, hash, snapshot, "actorName") VALUES ($1, $2, $3, 'h', $4, 'test')`,
    [`dep${number}`, API, number + 1, JSON.stringify(snapshotNumbered(number))],
  );
  await client.query(`UPDATE "Stage" SET "deploymentId" = $1 WHERE id = 'st'`, [`dep${number}`]);
  const { rows } = await client.query(
    `INSERT INTO "ConfigChange" (kind, subject) VALUES ('stage', $1) RETURNING id`,
    [`${API}/prod`],
  );
  await client.query("SELECT pg_notify('gatehouse_config', $1)", [String(rows[0].id)]);
  await client.query("COMMIT");
  return rows[0].id;
}

type Answer = { status: number; number: string | undefined; body: string; isLast: boolean };

function ask(agent: http.Agent, { port, route, key = "" }: { port: number; route: string; key?: string }) {
  return new Promise<Answer>((resolve, reject) => {
    const headers = { host: "localhost", "x-api-key": key };
    const request = http.get({ agent, host: "127.0.0.1", port, path: `/${API}/prod${route}`, headers });
    request.on("response", (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => {
        body += text;
      });
      response.on("error", reject).on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          number: response.headers["x-number"] as string | undefined,
          body,
          isLast: response.headers.connection === "close",
        }),
      );
    });
    request.on("error", reject);
  });
}

/** Asks on one connection per client, each at a gateway that has not said farewell, until `isDone` says so. */
async function load(
  gateways: readonly GatewayProgram[],
  { route, key, isDone }: { route: string; key?: string; isDone: (answer: Answer | null) => boolean },
) {
  const answers: Answer[] = [];
  const failures: string[] = [];
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, index) => {
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      for (let last: Answer | null = null; !isDone(last); ) {
        const alive = gateways.filter((one) => one.isAlive);
        const one = alive[index % alive.length] as GatewayProgram;
        last = await ask(agent, { port: one.port, route, key }).catch((error) => {
          failures.push(String(error));
          return null;
        });
        if (last) answers.push(last);
        if (last?.isLast) one.isAlive = false;
      }
      agent.destroy();
    }),
  );
  return { answers, failures, statuses: [...new Set(answers.map(({ status }) => status))] };
}

function workersOf({ pid }: GatewayProgram): number[] {
  const text = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const rows = text.trim().split("\n");
  return rows.flatMap((row) => {
    const [child, parent] = row.trim().split(/\s+/).map(Number);
    return parent === pid && child !== undefined ? [child] : [];
  });
}

/** Those that serve; `ps` itself is a child of nobody here. */
async function metric(name: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${gateway.port}/_gatehouse/metrics`);
  return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(await response.text())?.[1]);
}

/** How many of these connections to the gateway that process has. Only where there is /proc. */
function connectionsOf(pid: number, sockets: readonly net.Socket[]): number {
  const clients = new Set(sockets.map(({ localPort }) => localPort));
  const portOf = (address = "") => Number.parseInt(address.split(":")[1] ?? "", 16);
  const inodes = new Set<string>();
  for (const row of readFileSync("/proc/net/tcp", "utf8").split("\n").slice(1)) {
    const [, local, remote, , , , , , , inode] = row.trim().split(/\s+/);
    if (portOf(local) === gateway.port && clients.has(portOf(remote))) inodes.add(`socket:[${inode}]`);
  }
  const files = readdirSync(`/proc/${pid}/fd`).map((file) => readlinkSync(`/proc/${pid}/fd/${file}`));
  return files.filter((file) => inodes.has(file)).length;
}

const isGone = (pid: number) => {
  try {
    process.kill(pid, 0);
    return false;
  } catch {
    return true;
  }
};

describe("a gateway with two workers", () => {
  it("gives them connections evenly, however few there are", async () => {
    const sockets = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const socket = net.connect(gateway.port, "127.0.0.1");
        await new Promise((resolve) => socket.once("connect", resolve));
        return socket;
      }),
    );
    const perWorker = () => workersOf(gateway).map((pid) => connectionsOf(pid, sockets));
    if (process.platform === "linux") await expect.poll(perWorker, { timeout: 10_000 }).toEqual([3, 3]);
    for (const socket of sockets) socket.destroy();
  });

  it("answers from one cache, and makes an answer once however many ask for it at a time", async () => {
    let asked = 0;
    const isDone = () => asked++ >= 80;
    const { answers, statuses } = await load([gateway], { route: "/cached", isDone });
    expect(statuses).toEqual([200]);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(await metric("gatehouse_cache_entries")).toBe(1);
  });

  it("takes TLS in every worker, with one certificate", async () => {
    const shaken = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const socket = tls.connect({ port: tlsPort, host: "127.0.0.1", rejectUnauthorized: false });
        await new Promise((resolve) => socket.once("secureConnect", resolve));
        socket.write(`GET /${API}/prod/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
        const { fingerprint256 } = socket.getPeerCertificate();
        let text = "";
        for await (const part of socket) text += part;
        return `${fingerprint256} ${text.split("\r\n")[0]}`;
      }),
    );
    expect(new Set(shaken).size).toBe(1);
    expect(shaken[0]).toMatch(/ HTTP\/1.1 200 OK$/);
  });

  it("holds a key to a throttle as one process does: not one request more, and not one less", async () => {
    let asked = 0;
    const isDone = () => asked++ >= 80;
    const { answers } = await load([gateway], { route: "/paid", key: "value-few", isDone });
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(7);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(73);
  });

  it("holds a fast throttle to burst and rate, and lets all of it through", async () => {
    const startedMs = performance.now();
    const isDone = () => performance.now() - startedMs > 1_000;
    const { answers } = await load([gateway], { route: "/paid", key: "value-fast", isDone });
    const seconds = (performance.now() - startedMs) / 1000;
    const admitted = answers.filter(({ status }) => status === 200).length;
    expect(admitted).toBeLessThanOrEqual(50 + 200 * (seconds + 0.02));
    expect(admitted).toBeGreaterThan(50 + 200 * 0.8);
  });

  it("fails no request while deployments come in, no answer is of two of them, and both workers report the last", async () => {
    let isOver = false;
    const loading = load([gateway], { route: "/", isDone: () => isOver });
    let change = "";
    for (let number = 1; number <= 100; number++) change = await deploy(number);
    const cursors = async () =>
      (await client.query(`SELECT id, cursor FROM "GatewayNode" ORDER BY id`)).rows.map((row) => [
        row.id.split("/")[1],
        row.cursor,
      ]);
    await expect.poll(cursors, { timeout: 10_000 }).toEqual([
      ["0", change],
      ["1", change],
    ]);
    isOver = true;
    const { answers, failures, statuses } = await loading;
    expect({ failures, statuses }).toEqual({ failures: [], statuses: [200] });
    expect(answers.filter(({ number, body }) => number !== body)).toEqual([]);
  }, 40_000);

  it("adds up what both have counted, and counts no request twice", async () => {
    const before = await metric("gatehouse_requests_total");
    for (let i = 0; i < 10; i++) await statusOf({ port: gateway.port, path: `/${API}/prod/` });
    expect(await metric("gatehouse_requests_total")).toBe(before + 10);
    expect(await metric("gatehouse_workers")).toBe(2);
    expect(await metric("gatehouse_stages")).toBe(1);
  });

  it("loses only what a killed worker was answering; quotas hold and come out even, and another one takes its place", async () => {
    const [victim] = workersOf(gateway) as [number];
    let admitted = 0;
    let refusedInARow = 0;
    const isDone = (answer: Answer | null) => {
      if (answer?.status === 200) {
        refusedInARow = 0;
        if (++admitted === 1_000) process.kill(victim, "SIGKILL");
      } else if (answer) refusedInARow++;
      return refusedInARow > 2_000;
    };
    const { failures, statuses } = await load([gateway], { route: "/paid", key: "value-many", isDone });
    expect(statuses.sort()).toEqual([200, 429]);
    // Each of its connections had at most one request under way.
    expect(failures.length).toBeLessThanOrEqual(CLIENTS / 2);
    expect(admitted).toBeLessThanOrEqual(QUOTA);
    // What the killed worker held may come back only once the load is over: somebody has to ask for it then.
    const askOn = async () => {
      const agent = new http.Agent();
      const { status } = await ask(agent, { port: gateway.port, route: "/paid", key: "value-many" });
      agent.destroy();
      if (status === 200) admitted++;
      return status;
    };
    const isEven = async () => {
      while ((await askOn()) === 200);
      return quotaCounter(client, "many");
    };
    // Wherever the kill hit: nothing stays reserved, and what is counted was admitted but for what is told in advance.
    await expect.poll(isEven, { timeout: 20_000 }).toEqual({ used: QUOTA, reserved: 0 });
    expect(admitted).toBeLessThanOrEqual(QUOTA);
    // What failed was admitted by the worker, perhaps, and its answer was under way.
    expect(admitted).toBeGreaterThanOrEqual(QUOTA - failures.length - MOST_TOLD);
    await expect.poll(() => metric("gatehouse_workers"), { timeout: 5_000 }).toBe(2);
    expect(await metric("gatehouse_worker_restarts_total")).toBe(1);
    expect(workersOf(gateway)).not.toContain(victim);
  });

  it("ends on SIGTERM without failing a request: not ready first, then each connection's last answer, then the process", async () => {
    const other = await start("b");
    let isOver = false;
    let answered = 0;
    const isDone = (answer: Answer | null) => {
      if (answer) answered++;
      return isOver;
    };
    const more = () =>
      expect.poll(() => answered, { timeout: 10_000 }).toBeGreaterThan(answered + 50 * CLIENTS);
    const loading = load([gateway, other], { route: "/", isDone });
    let pids: number[];
    try {
      await more();
      pids = workersOf(gateway);
      const ending = gateway.stop("SIGTERM");
      const readiness = () => statusOf({ port: gateway.port, path: "/_gatehouse/readyz" });
      await expect.poll(readiness, { timeout: LEAD_MS }).toBe(503);
      expect(await ending).toBe(0);
      await more();
    } finally {
      isOver = true;
    }
    const { failures, statuses, answers } = await loading;
    expect({ failures, statuses }).toEqual({ failures: [], statuses: [200] });
    // Who had none when another one was told moves on without.
    const last = answers.filter(({ isLast }) => isLast).length;
    expect(last).toBeGreaterThanOrEqual(1);
    expect(last).toBeLessThanOrEqual(CLIENTS / 2);
    expect(pids.every(isGone)).toBe(true);
    gateway = other;
  });

  it("exports the spans of every worker, the last ones before it ends, and says that it does", async () => {
    const collector = await startCollector();
    const traced = await start("traced", { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.endpoint });
    const headers = {
      host: "localhost",
      traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    };
    for (let i = 0; i < 8; i++)
      await new Promise((resolve, reject) =>
        http
          .get(
            { agent: false, host: "127.0.0.1", port: traced.port, path: `/${API}/prod/`, headers },
            (answer) => answer.resume().once("end", resolve),
          )
          .once("error", reject),
      );
    const exporting = `SELECT count(*)::int AS n FROM "GatewayNode" WHERE "exportsTraces"`;
    const traces = async () => (await client.query(exporting)).rows[0].n;
    await expect.poll(traces, { timeout: 10_000 }).toBe(2);
    expect(await traced.stop("SIGTERM")).toBe(0);
    const requests = collector.spans.filter(({ parentId }) => parentId === "b7ad6b7169203331");
    expect(requests).toHaveLength(8);
    expect(new Set(requests.map(({ resource }) => resource["service.instance.id"])).size).toBe(2);
    await collector.close();
  });

  it("starts and serves without a database, from what it kept on disk", async () => {
    const lonely = await start("b", { DATABASE_URL: "postgresql://nobody@127.0.0.1:1/nowhere" });
    expect(workersOf(lonely)).toHaveLength(2);
    const agent = new http.Agent();
    expect((await ask(agent, { port: lonely.port, route: "/" })).body).toBe("100");
    await lonely.stop("SIGKILL");
  });

  it("leaves no worker behind when the primary is killed", async () => {
    const pids = workersOf(gateway);
    expect(pids).toHaveLength(2);
    await gateway.stop("SIGKILL");
    await expect.poll(() => pids.every(isGone), { timeout: 5_000 }).toBe(true);
  });
});
