import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pino from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { buildApi } from "@/server/testing/api-builder";
import { sendRaw } from "@/server/testing/conformance/raw-request";
import { startGatewayNode } from "./gateway-node";

const API = "abc123defg";
const log = pino({ level: "silent" });
let dataDir: string;
let backend: http.Server;
let release: () => void;

beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), "gatehouse-node-"));
  backend = http.createServer((_request, response) => {
    release = () => response.end("at last");
  });
  await new Promise<void>((resolve) => backend.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  backend.closeAllConnections();
  backend.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function keepOnDisk(accessLogFormat: string | null = null): void {
  const uri = `http://127.0.0.1:${(backend.address() as AddressInfo).port}/`;
  const snapshot = buildApi({
    "GET /slow": { methodIntegration: { type: "HTTP_PROXY", httpMethod: "GET", uri } },
  });
  const config = stageConfigSchema.parse({ stageName: "prod", accessLogFormat });
  const stages = [{ apiId: API, workspaceId: "w", stageName: "prod", deploymentId: "dep1", config }];
  const folder = path.join(dataDir, "last-good");
  mkdirSync(path.join(folder, "deployments"), { recursive: true });
  writeFileSync(path.join(folder, "deployments", "dep1.json"), JSON.stringify(snapshot));
  writeFileSync(
    path.join(folder, "state.json"),
    JSON.stringify({ formatVersion: 1, cursor: "7", stages, keys: [], plans: [], domains: DOMAINS }),
  );
}

const mappings = [{ basePath: "v1", restApiId: API, stage: "prod" }];
const DOMAINS = [
  { workspaceId: "w", domainName: "api.test", document: {}, mappings },
  { workspaceId: "other", domainName: "stolen.test", document: {}, mappings },
  { workspaceId: "w", domainName: "mutual.test", document: { truststoreUri: "s3://b/k" }, mappings },
  { workspaceId: "w", domainName: "unreadable.test", document: { certificate: 1 }, mappings },
];

const start = () => startGatewayNode({ host: "127.0.0.1", port: 0, dataDir, log });
const get = (port: number, route: string) =>
  sendRaw(port, `GET ${route} HTTP/1.1\r\nHost: localhost\r\n\r\n`);

describe("a gateway node without a database", () => {
  it("lets a running request end when it is stopped, and takes no new one", async () => {
    keepOnDisk();
    const node = await start();
    const running = get(node.port, `/${API}/prod/slow`);
    await expect.poll(() => typeof release).toBe("function");
    const stopped = node.stop();
    await expect(get(node.port, `/${API}/prod/slow`)).rejects.toThrow();
    release();
    const answer = await running;
    expect([answer.status, answer.body.toString()]).toEqual([200, "at last"]);
    expect(answer.headers).toContainEqual(["Connection", "close"]);
    await stopped;
  });

  it("holds all requests together to the account's throttle", async () => {
    keepOnDisk();
    const accountThrottle = { rateLimit: 0, burstLimit: 0 };
    const node = await startGatewayNode({ host: "127.0.0.1", port: 0, dataDir, log, accountThrottle });
    expect((await get(node.port, `/${API}/prod/slow`)).status).toBe(429);
    await node.stop();
  });

  it("keeps its last good copy when it stops", async () => {
    keepOnDisk();
    await (await start()).stop();
    const again = await start();
    expect(again.feed.cursor).toBe(7n);
    expect((await get(again.port, `/${API}/prod/none`)).body.toString()).toContain(
      "Missing Authentication Token",
    );
    await again.stop();
  });

  it.each([
    ["api.test", "/v1/none", "Missing Authentication Token"],
    ["api.test", "/v2/none", "Forbidden"],
    ["api.test", `/${API}/prod/none`, "Forbidden"],
    ["stolen.test", "/v1/none", "Forbidden"],
    ["mutual.test", "/v1/none", "Forbidden"],
    ["unreadable.test", "/v1/none", "Forbidden"],
  ])("answers at %s%s with %s", async (host, route, message) => {
    keepOnDisk();
    const node = await start();
    const answer = await sendRaw(node.port, `GET ${route} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    expect([answer.status, JSON.parse(answer.body.toString()).message]).toEqual([403, message]);
    await node.stop();
  });

  it("does not start with neither database nor disk, or with a copy it cannot read", async () => {
    await expect(start()).rejects.toThrow("no database is configured");
    mkdirSync(path.join(dataDir, "last-good"), { recursive: true });
    writeFileSync(path.join(dataDir, "last-good", "state.json"), '{"formatVersion": 99}');
    await expect(start()).rejects.toThrow("no database is configured");
  });

  it("answers 500 to calls of a stage whose snapshot is lost, and serves the others", async () => {
    keepOnDisk();
    rmSync(path.join(dataDir, "last-good", "deployments", "dep1.json"));
    const node = await start();
    expect((await get(node.port, `/${API}/prod/slow`)).status).toBe(500);
    expect((await get(node.port, "/_gatehouse/healthz")).status).toBe(200);
    await node.stop();
  });
});
