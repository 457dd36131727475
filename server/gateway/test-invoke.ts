import { PathRouter } from "@/server/toolkit/path-pattern/path-router";
import { textFromUtf8, utf8FromText } from "@/server/toolkit/utf8";
import { compileApi } from "./compile/compile-api";
import { Exchange } from "./exchange";
import { bodyOf } from "./http-message";
import { logDate, logMethodResponse } from "./observation/execution-log";
import { serveRoute } from "./pipelines/http";
import type { Ports, TraceStep } from "./ports";
import type { CompiledRoute } from "./runtime-api";
import type { ApiSnapshot } from "./snapshot/api-snapshot";
import type { Method } from "./snapshot/method";
import type { StageConfig } from "./snapshot/stage-config";

export type TestInvokeRequest = {
  httpMethod: string;
  /** The resource, by id or by path (`/pets/{petId}`). */
  resourceId?: string;
  path?: string;
  pathParameters?: Record<string, string>;
  /** AWS's form instead of `pathParameters` and `query`: `/pets/1?limit=3`. */
  pathWithQueryString?: string;
  query?: Record<string, string | string[]>;
  headers?: Record<string, string | string[]>;
  body?: string;
};

export type TestInvokeInput = {
  snapshot: ApiSnapshot;
  stageConfig: StageConfig;
  apiId: string;
  deploymentId?: string;
  accountId?: string;
  workspaceId?: string;
  region?: string;
  request: TestInvokeRequest;
  /** No keys, throttles or logs are needed: a test run is let through, as TestInvokeMethod is. */
  ports: Pick<Ports, "clock" | "ids" | "upstream" | "functions" | "compression" | "templateLimits">;
};

export type TestInvokeResult = {
  status: number;
  headers: [name: string, value: string][];
  body: string;
  latencyMs: number;
  /** AWS's TestInvokeMethod log, one line each, with dates. */
  log: string[];
  steps: TraceStep[];
};

/** The resource or method to test is not there. `message` is AWS's. */
export class TestInvokeTargetError extends Error {
  constructor(readonly target: "resource" | "method") {
    super(
      target === "resource" ? "Invalid Resource identifier specified" : "Invalid Method identifier specified",
    );
    this.name = "TestInvokeTargetError";
  }
}

/**
 * Runs one method of a draft through the pipeline, without authorizer, key and throttles, and tells what
 * each step did. Throws TestInvokeTargetError, and SnapshotError if the method cannot be compiled.
 */
export async function testInvoke(input: TestInvokeInput): Promise<TestInvokeResult> {
  const { snapshot, stageConfig, request } = input;
  const { deploymentId = "test-invoke-deployment", accountId = "000000000000" } = input;
  const target = findTarget(snapshot, request);
  // A test run neither reads nor fills the stage's cache.
  const config = { ...stageConfig, cacheClusterEnabled: false };
  const runtime = compileApi(onlyMethod(snapshot, target), config, {
    apiId: input.apiId,
    deploymentId,
    accountId,
    workspaceId: input.workspaceId,
    region: input.region,
  });
  const route = runtime.routes[0] as CompiledRoute;
  const log: string[] = [];
  const steps: TraceStep[] = [];
  const ports = tracedPorts(input.ports, steps, log);
  const message = requestMessage(input, route.resourcePath);
  const exchange = new Exchange(runtime, message.http, ports);
  exchange.pathParameters = message.pathParameters;
  log.push(`Execution log for request ${exchange.requestId}`);
  await serveRoute(exchange, route, ports);
  const body = await wholeBody(exchange);
  exchange.body = body;
  exchange.latencyMs = ports.clock.monotonicMs() - exchange.startedAtMs;
  const headers = methodHeaders(exchange);
  logMethodResponse(exchange, headers.flat());
  return { status: exchange.status, headers, body, latencyMs: Math.round(exchange.latencyMs), log, steps };
}

type Target = { resourceId: string; httpMethod: string; method: Method };

function findTarget(snapshot: ApiSnapshot, request: TestInvokeRequest): Target {
  const resource =
    request.resourceId === undefined
      ? Object.values(snapshot.resources).find((r) => pathOf(snapshot, r.id) === request.path)
      : snapshot.resources[request.resourceId];
  if (!resource) throw new TestInvokeTargetError("resource");
  for (const httpMethod of [request.httpMethod, "ANY"] as const) {
    const method = (resource.resourceMethods as Record<string, Method | undefined>)[httpMethod];
    if (method) return { resourceId: resource.id, httpMethod, method };
  }
  throw new TestInvokeTargetError("method");
}

/** The draft without all other methods: their mistakes must not stop this one's test. */
function onlyMethod(snapshot: ApiSnapshot, target: Target): ApiSnapshot {
  const resources: ApiSnapshot["resources"] = {};
  for (const resource of Object.values(snapshot.resources)) {
    const resourceMethods = resource.id === target.resourceId ? { [target.httpMethod]: target.method } : {};
    resources[resource.id] = { ...resource, resourceMethods };
  }
  return { ...snapshot, resources };
}

function pathOf(snapshot: ApiSnapshot, resourceId: string): string {
  const parts: string[] = [];
  let current = snapshot.resources[resourceId];
  while (current && current.parentId !== null && parts.length < 1_000) {
    parts.unshift(current.pathPart);
    current = snapshot.resources[current.parentId];
  }
  return `/${parts.join("/")}`;
}

function requestMessage({ request, stageConfig, apiId }: TestInvokeInput, resourcePath: string) {
  const [path, rawQuery, pathParameters] = requestTarget(request, resourcePath);
  const headers: string[] = [];
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    for (const text of typeof value === "string" ? [value] : value) headers.push(name, text);
  }
  return {
    pathParameters,
    http: {
      method: request.httpMethod,
      path,
      fullPath: `/${stageConfig.stageName}${path}`,
      requestLine: { method: request.httpMethod, path: `/${stageConfig.stageName}${path}` },
      rawQuery,
      headers,
      body: bodyOf(utf8FromText(request.body ?? "")),
      forwarded: null,
      cancel: null,
      sourceIp: "test-invoke-source-ip",
      domainName: `${apiId}.execute-api.localhost`,
      protocol: "HTTP/1.1",
    },
  };
}

/**
 * Path, query string and path parameters. A path that does not fit the resource gives no parameters and no
 * error; without any path the resource's own stands in, so that `{petId}` is "{petId}" (recorded).
 */
function requestTarget(
  request: TestInvokeRequest,
  resourcePath: string,
): [path: string, rawQuery: string, parameters: Readonly<Record<string, string>>] {
  if (request.pathParameters) {
    const given = request.pathParameters;
    const path = resourcePath.replace(/\{([^}+]+)\+?\}/g, (whole, name: string) => given[name] ?? whole);
    return [path, queryText(request.query), given];
  }
  const [path = resourcePath, ...query] = (request.pathWithQueryString ?? resourcePath).split("?");
  const router = new PathRouter<true>();
  router.add(resourcePath.split("/").filter(Boolean), "ANY", true);
  const parameters = router.match("GET", path)?.parameters ?? {};
  const rawQuery = [query.join("?"), queryText(request.query)].filter(Boolean).join("&");
  return [path, rawQuery, parameters];
}

function queryText(query: TestInvokeRequest["query"]): string {
  return Object.entries(query ?? {})
    .flatMap(([name, value]) => (typeof value === "string" ? [value] : value).map((text) => [name, text]))
    .map(([name = "", value = ""]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join("&");
}

function tracedPorts(given: TestInvokeInput["ports"], steps: TraceStep[], log: string[]): Ports {
  return {
    ...given,
    // A test run is let through before any of these is asked.
    authorizerCache: { get: (_entry, make, read) => make().then(read) },
    tokens: { verify: async () => ({ outcome: "invalid", reason: "a test run has no caller" }) },
    signatures: { verify: async () => ({ outcome: "missing", message: "a test run has no caller" }) },
    keys: { find: () => null },
    limits: { admit: () => null, status: () => [] },
    accessLog: { write: () => undefined },
    metrics: { record: () => undefined },
    diagnostics: {
      unexpected: (error) => log.push(`${logDate(given.clock.nowMs())} : ${String(error)}`),
    },
    trace: {
      step: (step) => steps.push(step),
      log: (line) => log.push(`${logDate(given.clock.nowMs())} : ${line}`),
    },
  };
}

async function wholeBody({ body }: Exchange): Promise<string> {
  if (body === null) return "";
  if (typeof body === "string") return body;
  if (body instanceof Uint8Array) return textFromUtf8(body);
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of body) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** What TestInvokeMethod shows: no request ids; of an error only its type and what the API adds (recorded). */
function methodHeaders(exchange: Exchange): [string, string][] {
  const shown: [string, string][] = [];
  for (let i = 0; i + 1 < exchange.headers.length; i += 2) {
    const name = exchange.headers[i] as string;
    const lower = name.toLowerCase();
    if (lower === "x-amzn-requestid" || lower === "x-amz-apigw-id") continue;
    if (exchange.error && lower === "content-type") continue;
    const pair: [string, string] = [name, exchange.headers[i + 1] as string];
    if (lower === "x-amzn-trace-id") shown.unshift(pair);
    else shown.push(pair);
  }
  return shown;
}
