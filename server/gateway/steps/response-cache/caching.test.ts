import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { MemoryResponseCache } from "@/server/adapters/response-cache/memory-response-cache";
import { compileStage } from "@/server/gateway/canary/compile-stage";
import { bodyOf } from "@/server/gateway/http-message";
import type { RequestLogEntry } from "@/server/gateway/observation/request-log-entry";
import { handleHttp } from "@/server/gateway/pipelines/http";
import { type ExchangeRecord, type ResponseCache, UpstreamError } from "@/server/gateway/ports";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { recordExchange } from "@/server/gateway/steps/record-exchange";
import { buildApi } from "@/server/testing/api-builder";
import { fakePorts } from "@/server/testing/fake-ports";

/** One line of caching.jsonl: requests one after the other, and which of them the back end saw. */
type CacheCase = {
  name: string;
  /** Fields of the method `GET /pets`, and of its integration. */
  method?: object;
  integration?: object;
  /** Further methods, as in buildApi. */
  methods?: Record<string, Record<string, unknown>>;
  /** Fields of star/star's setting. */
  setting?: object;
  stage?: object;
  policy?: object;
  /** The policy of the caller, where the method wants a signature. */
  callerPolicy?: object;
  requests: {
    verb?: string;
    path?: string;
    query?: string;
    headers?: [string, string][];
    /** How long after the one before. */
    afterMs?: number;
    viaCanary?: boolean;
    /** What the back end would answer now; its body is `answer n` unless told. */
    backEnd?: {
      status?: number;
      headers?: [string, string][];
      size?: number;
      isStream?: boolean;
      fails?: "timeout" | "network";
    };
    expect: {
      cache: "hit" | "miss" | null;
      status?: number;
      body?: string;
      size?: number;
      headers?: Record<string, string | null>;
      /** What the request's timeline says of steps. */
      timeline?: Record<string, string>;
    };
  }[];
};

const cases = readFileSync(path.join(import.meta.dirname, "caching.jsonl"), "utf8");

describe("caching", () => {
  for (const line of cases.split("\n").filter(Boolean)) {
    const testCase: CacheCase = JSON.parse(line);
    it(testCase.name, () => check(testCase, (cache) => cache));
  }
});

describe("caching in another process", () => {
  for (const line of cases.split("\n").filter(Boolean)) {
    const testCase: CacheCase = JSON.parse(line);
    it(testCase.name, () => check(testCase, atADistance));
  }
});

/** All that goes to a cache and comes from it is cloned, as between processes, and late. */
function atADistance(cache: ResponseCache): ResponseCache {
  return {
    find: async (name) => structuredClone(await cache.find(structuredClone(name))),
    replace: async (name) => structuredClone(await cache.replace(structuredClone(name))),
    keep: (lease, answer) => cache.keep(lease, structuredClone(answer)),
    release: (lease) => cache.release(lease),
  };
}

type Sent = CacheCase["requests"][number];

async function check(testCase: CacheCase, reach: (cache: ResponseCache) => ResponseCache): Promise<void> {
  const runtime = compiled(testCase);
  const records: ExchangeRecord[] = [];
  const entries: RequestLogEntry[] = [];
  let current: Sent | null = null;
  let calls = 0;
  const ports = fakePorts({
    signatures: {
      verify: async () => ({
        outcome: "verified",
        accessKeyId: "AKIATEST",
        name: "ada",
        policy: testCase.callerPolicy ?? null,
      }),
    },
    metrics: { record: (record) => records.push(record) },
    requestLog: { write: (entry) => entries.push(entry) },
    upstream: {
      async send() {
        calls++;
        const { status = 200, headers = [], size, isStream, fails } = current?.backEnd ?? {};
        if (fails) throw new UpstreamError(fails, "as the case says");
        const bytes = Buffer.from(size === undefined ? `answer ${calls}` : "x".repeat(size));
        return { status, headers: headers.flat(), body: isStream ? inTwo(bytes) : bytes };
      },
    },
  });
  const responseCache = reach(new MemoryResponseCache(ports.clock));
  for (const sent of testCase.requests) {
    current = sent;
    ports.advance(sent.afterMs ?? 0);
    const api = sent.viaCanary ? runtime.canary?.runtime : runtime.production;
    if (!api) throw new Error("the case has no canary");
    const exchange = await handleHttp(api, messageOf(sent), { ...ports, responseCache });
    const body = await textOf(exchange.body);
    recordExchange(exchange, ports, body.length);
    const wanted = sent.expect;
    expect(exchange.status, body.slice(0, 200)).toBe(wanted.status ?? 200);
    expect(records.at(-1)?.cacheStatus).toBe(wanted.cache);
    if (wanted.body !== undefined) expect(body).toBe(wanted.body);
    if (wanted.size !== undefined) expect(body.length).toBe(wanted.size);
    for (const [name, value] of Object.entries(wanted.headers ?? {})) {
      const at = exchange.headers.findIndex((text, i) => i % 2 === 0 && text.toLowerCase() === name);
      expect(at < 0 ? null : exchange.headers[at + 1], name).toBe(value);
    }
    const steps = entries.at(-1)?.detail.steps ?? [];
    for (const [name, summary] of Object.entries(wanted.timeline ?? {})) {
      expect(steps.find((step) => step.name === name)?.summary, name).toBe(summary);
    }
    expect(exchange.headers.filter((text) => text === "x-amzn-RequestId")).toHaveLength(1);
    expect(exchange.headers).toContain(exchange.requestId);
  }
}

function compiled({ method, integration, methods, setting, stage, policy }: CacheCase) {
  const pets = {
    ...method,
    methodIntegration: {
      type: "HTTP_PROXY",
      httpMethod: "ANY",
      uri: "http://back.end/pets",
      ...integration,
    },
  };
  const rest = { policy: policy ? JSON.stringify(policy) : null };
  const snapshot = buildApi({ "GET /pets": pets, ...methods }, rest);
  const config = stageConfigSchema.parse({
    stageName: "prod",
    cacheClusterEnabled: true,
    methodSettings: { "*/*": { cachingEnabled: true, ...setting } },
    ...stage,
  });
  return compileStage({ production: snapshot, canary: snapshot }, config, {
    apiId: "abc123defg",
    deploymentId: "dep1",
    accountId: "000000000000",
  });
}

function messageOf({ verb = "GET", path: at = "/pets", query = "", headers = [] }: Sent) {
  return {
    method: verb,
    path: at,
    fullPath: `/prod${at}`,
    requestLine: { method: verb, path: `/prod${at}` },
    rawQuery: query,
    headers: headers.flat(),
    body: bodyOf(new Uint8Array(0)),
    cancel: null,
    forwarded: null,
    sourceIp: "203.0.113.7",
    domainName: "abc123defg.execute-api.localhost",
    protocol: "HTTP/1.1",
  };
}

async function* inTwo(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes.subarray(0, bytes.length / 2);
  yield bytes.subarray(bytes.length / 2);
}

async function textOf(body: unknown): Promise<string> {
  if (body === null || typeof body === "string") return body ?? "";
  if (body instanceof Uint8Array) return Buffer.from(body).toString();
  const pieces: Uint8Array[] = [];
  for await (const piece of body as AsyncIterable<Uint8Array>) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}
