import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { compileApi } from "@/server/gateway/compile/compile-api";
import type { Exchange } from "@/server/gateway/exchange";
import { type AnswerBody, bodyOf, type HeaderList, type RequestBody } from "@/server/gateway/http-message";
import type { Span } from "@/server/gateway/observation/tracing/span";
import { handleHttp } from "@/server/gateway/pipelines/http";
import {
  type FunctionCall,
  type KnownKey,
  type Limits,
  type Ports,
  UpstreamError,
  type UpstreamRequest,
} from "@/server/gateway/ports";
import { stageConfigSchema } from "@/server/gateway/snapshot/stage-config";
import { recordExchange } from "@/server/gateway/steps/record-exchange";
import { buildApi } from "@/server/testing/api-builder";
import { fakePorts } from "@/server/testing/fake-ports";
import type { PipelineCase } from "./case";

const KEY: KnownKey = {
  id: "key123",
  name: "Ada",
  customerId: null,
  plan: { planId: "plan1", throttle: null, methodThrottles: {}, quota: null, joinedAtMs: 0 },
};
const folder = import.meta.dirname;

for (const file of readdirSync(folder).filter((name) => name.endsWith(".jsonl"))) {
  describe(file.replace(".jsonl", ""), () => {
    for (const line of readFileSync(path.join(folder, file), "utf8").split("\n").filter(Boolean)) {
      const testCase: PipelineCase = JSON.parse(line);
      it(testCase.name, () => check(testCase));
    }
  });
}

async function check(testCase: PipelineCase): Promise<void> {
  const { expect: wanted } = testCase;
  const seen: UpstreamRequest[] = [];
  const logLines: string[] = [];
  const calls: FunctionCall[] = [];
  const bugs: unknown[] = [];
  const spans: Span[] = [];
  const ports = portsFor(testCase, { seen, calls, logLines, bugs, spans });
  const exchange = await run(testCase, ports);
  const body = await bytesOf(exchange.body);
  recordExchange(exchange, ports, body.length);
  expect(bugs.length).toBe(wanted.isBug ? 1 : 0);

  expect(exchange.status, body.toString()).toBe(wanted.status);
  if (wanted.body !== undefined) expect(body.toString()).toBe(wanted.body);
  if (wanted.bodyBase64 !== undefined) expect(body.toString("base64")).toBe(wanted.bodyBase64);
  expectHeaders(exchange.headers, wanted.headers);
  if (wanted.noUpstream) expect([...seen, ...calls]).toEqual([]);
  if (wanted.function) expectCall(calls[0], wanted.function);
  if (wanted.spans) expect(spans).toMatchObject(wanted.spans);
  if (wanted.accessLog !== undefined) expect(logLines).toEqual([wanted.accessLog]);
  if (!wanted.upstream) return;
  const sent = seen[0];
  if (!sent) throw new Error("the back end was not called");
  const { method, url, headers, body: sentBody, bodyBase64 } = wanted.upstream;
  if (method !== undefined) expect(sent.method).toBe(method);
  if (url !== undefined) expect(sent.origin + sent.path).toBe(url);
  expectHeaders(sent.headers, headers);
  const sentBytes = await bytesOf(sent.body);
  if (sentBody !== undefined) expect(sentBytes.toString()).toBe(sentBody);
  if (bodyBase64 !== undefined) expect(sentBytes.toString("base64")).toBe(bodyBase64);
}

async function run({ methods, api, stage, request }: PipelineCase, ports: Ports): Promise<Exchange> {
  const config = stageConfigSchema.parse({ stageName: "prod", ...stage });
  const runtime = compileApi(buildApi(methods, api), config, {
    apiId: "abc123defg",
    deploymentId: "dep123",
    accountId: "000000000000",
  });
  const headers = (request.headers ?? []).flat();
  if (request.key) headers.push("x-API-key", request.key);
  const bytes = request.bodyBase64
    ? Buffer.from(request.bodyBase64, "base64")
    : Buffer.from(request.body ?? "");
  const requestPath = request.path ?? "/";
  return handleHttp(
    runtime,
    {
      method: request.method ?? "GET",
      path: requestPath,
      fullPath: `/prod${requestPath}`,
      requestLine: { method: request.method ?? "GET", path: `/prod${requestPath}` },
      rawQuery: request.query ?? "",
      headers,
      body: requestBody(bytes, request),
      cancel: null,
      forwarded: { port: 8080, protocol: "http" },
      sourceIp: "203.0.113.7",
      domainName: "abc123defg.execute-api.localhost",
      protocol: "HTTP/1.1",
    },
    ports,
  );
}

function requestBody(bytes: Buffer, { isStream, sizeBytes }: PipelineCase["request"]): RequestBody {
  const body = bodyOf(bytes);
  if (sizeBytes !== undefined) return { ...body, sizeBytes };
  return isStream
    ? { ...body, sizeBytes: null, bytes: async () => bytes, stream: () => oneByOne(bytes) }
    : body;
}

async function* oneByOne(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (const byte of bytes) yield Uint8Array.of(byte);
}

async function bytesOf(body: AnswerBody): Promise<Buffer> {
  if (body === null || typeof body === "string" || body instanceof Uint8Array) return Buffer.from(body ?? "");
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

type Watched = {
  seen: UpstreamRequest[];
  calls: FunctionCall[];
  logLines: string[];
  bugs: unknown[];
  spans: Span[];
};

function expectCall(
  call: FunctionCall | undefined,
  wanted: NonNullable<PipelineCase["expect"]["function"]>,
): void {
  if (!call) throw new Error("the function was not called");
  const { event = {}, payload, headers, ...named } = wanted;
  expect(call).toMatchObject(named);
  const text = Buffer.from(call.payload).toString();
  if (payload !== undefined) expect(text).toBe(payload);
  for (const [path, value] of Object.entries(event)) {
    const part = path
      .split(".")
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | null)?.[key], JSON.parse(text));
    expect(part, path).toEqual(value === "(absent)" ? undefined : value);
  }
  expectHeaders(call.headers, headers);
}

function portsFor(testCase: PipelineCase, { seen, calls, logLines, bugs, spans }: Watched): Ports {
  const { upstream, limits, sampler } = testCase;
  return fakePorts({
    tracing:
      sampler === undefined ? undefined : { sample: () => sampler, write: (some) => spans.push(...some) },
    functions: {
      async invoke(call) {
        calls.push(call);
        const answer = testCase.function;
        if (!answer) throw new Error("the case has no function");
        if (answer.failure) throw new UpstreamError(answer.failure, "as the case says");
        return {
          status: answer.status ?? 200,
          functionError: answer.functionError ?? null,
          headers: (answer.headers ?? [["Content-Type", "application/json"]]).flat(),
          payload: Buffer.from(answer.payload ?? ""),
          log: answer.log ?? null,
        };
      },
    },
    tokens: { verify: async () => testCase.token ?? { outcome: "invalid", reason: "no token" } },
    signatures: {
      async verify({ body }) {
        await body();
        return testCase.signature ?? { outcome: "missing", message: "Missing Authentication Token" };
      },
    },
    keys: {
      find: (value, apiId, stage) =>
        value === "known" && apiId === "abc123defg" && stage === "prod" ? KEY : null,
    },
    limits: limitsSaying(limits),
    accessLog: { write: (_apiId, _stage, line) => logLines.push(line) },
    diagnostics: { unexpected: (error) => bugs.push(error) },
    compression: {
      async decompress(_coding, bytes) {
        const text = Buffer.from(bytes).toString();
        if (!text.startsWith("gz:")) throw new Error("not packed");
        return Buffer.from(text.slice(3));
      },
      compress: async (_coding, bytes) => Buffer.from(`gz:${Buffer.from(bytes).toString()}`),
    },
    upstream: {
      async send(request) {
        seen.push(request);
        if (upstream?.failure === "bug") throw new TypeError("a bug");
        if (upstream?.failure) throw new UpstreamError(upstream.failure, "as the case says");
        const bytes = upstream?.bodyBase64
          ? Buffer.from(upstream.bodyBase64, "base64")
          : Buffer.from(upstream?.body ?? "");
        return {
          status: upstream?.status ?? 200,
          headers: (upstream?.headers ?? [["Content-Type", "application/json"]]).flat(),
          body: upstream?.isStream ? oneByOne(bytes) : bytes,
        };
      },
    },
  });
}

/** Limits that refuse as the case says: a plan's only if a key is there. */
function limitsSaying(limits: PipelineCase["limits"]): Limits {
  return {
    status: () => [],
    admit(_route, key) {
      const about = { subject: "the test", value: "1 requests/s, burst 1", retryAfterMs: 1_000 };
      if (limits === "stage-throttled") return { ...about, limit: "method", type: "THROTTLED" };
      if (!key || !limits) return null;
      if (limits === "throttled") return { ...about, limit: "plan", type: "THROTTLED" };
      return { ...about, limit: "quota", type: "QUOTA_EXCEEDED" };
    },
  };
}

function expectHeaders(headers: HeaderList, wanted: Record<string, string | null> = {}): void {
  for (const [name, value] of Object.entries(wanted)) {
    const values = headers.filter(
      (_, i) => i % 2 === 1 && headers[i - 1]?.toLowerCase() === name.toLowerCase(),
    );
    expect(values.length === 0 ? null : values.join(", "), `header ${name}`).toBe(value);
  }
}
