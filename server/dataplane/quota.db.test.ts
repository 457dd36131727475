import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
import { useOwnDatabase } from "@/server/testing/own-database";

const API = "abc123defg";
const KEY = "a-key-value-of-the-tests";
const CLIENTS = 64;

let programs: GatewayPrograms;
let databaseUrl: string;
let client: pg.Client;

beforeAll(async () => {
  databaseUrl = await useOwnDatabase();
  client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const mock = {
    type: "MOCK",
    requestTemplates: { "application/json": '{"statusCode": 200}' },
    integrationResponses: { 200: { responseTemplates: { "application/json": "ok" } } },
  };
  const snapshot = buildApi({ "GET /paid": { methodIntegration: mock, apiKeyRequired: true } });
  [programs] = await Promise.all([bundleGateway(), insertApi(client, API, { snapshot })]);
}, 60_000);
afterAll(async () => {
  await programs?.stopAll();
  await client?.end();
});

const addKey = (id: string, quota: number) => insertPlan(client, { id, value: `${KEY}-${id}`, quota });
/** One process each: those of several workers are in workers/. */
const startGateway = (name: string) =>
  programs.start(name, { DATABASE_URL: databaseUrl, GATEHOUSE_WORKERS: "1", GATEHOUSE_DRAIN_LEAD_MS: "0" });
const ask = (gateway: GatewayProgram, key: string) =>
  statusOf({ port: gateway.port, path: `/${API}/prod/paid`, key: `${KEY}-${key}` });
const counter = (key: string) => quotaCounter(client, key);

/** What clients saw: answers that were admitted, and requests whose gateway went away under them. */
type Seen = { admitted: number; broken: number };

/** Every client asks on, at whatever gateway is alive, until it has been refused for longer than parts stay away. */
async function load(key: string, gateways: readonly GatewayProgram[], seen: Seen): Promise<void> {
  const one = async (index: number) => {
    let refusedSinceMs = 0;
    for (let turn = index; ; turn++) {
      const alive = gateways.filter((gateway) => gateway.isAlive);
      const gateway = alive[turn % alive.length] as GatewayProgram;
      const status = await ask(gateway, key).catch(() => null);
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

describe("a strict quota over several gateways", () => {
  let gateways: GatewayProgram[];
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
    await gateways[0]?.stop("SIGTERM");
    gateways[0] = await startGateway("a");
    expect(await ask(gateways[0], "calm")).toBe(429);
  });

  it("is never passed when a gateway is killed; what that one had reserved is back when it is", async () => {
    const limit = 5_000;
    const seen = { admitted: 0, broken: 0 };
    const done = load("killed", gateways, seen);
    await expect.poll(() => seen.admitted, { timeout: 20_000, interval: 5 }).toBeGreaterThan(limit / 3);
    await gateways[0]?.stop("SIGKILL");
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
    await Promise.all([...survivors, again].map((gateway) => gateway.stop("SIGTERM")));
  });
});
