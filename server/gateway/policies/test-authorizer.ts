import { textFromUtf8 } from "@/server/toolkit/utf8";
import { compileApi } from "../compile/compile-api";
import { GatewayError } from "../errors";
import { Exchange } from "../exchange";
import { bodyOf } from "../http-message";
import type { Ports } from "../ports";
import type { CompiledRoute } from "../runtime-api";
import { type ApiSnapshot, apiSnapshotSchema } from "../snapshot/api-snapshot";
import type { StageConfig } from "../snapshot/stage-config";
import { renderError } from "../steps/render-error";
import { methodArnOf } from "./iam/method-arn";

export type TestAuthorizerInput = {
  snapshot: ApiSnapshot;
  authorizerId: string;
  stageConfig: StageConfig;
  apiId: string;
  workspaceId?: string;
  request: {
    httpMethod: string;
    /** As a client would send it, behind the stage: `/pets/1`. */
    path: string;
    query?: string;
    headers: readonly (readonly [name: string, value: string])[];
    /** Scopes the method would ask for (user pools). */
    scopes?: readonly string[];
  };
  /** Decisions are asked for anew: nothing is cached. */
  ports: Pick<Ports, "clock" | "ids" | "upstream" | "functions" | "tokens" | "compression">;
};

export type TestAuthorizerResult = {
  decision: "allow" | "deny" | "error";
  /** What a client would get: 200 stands for "goes on to the integration". */
  status: number;
  /** Why, as a sentence; names the statement that decided. */
  reason: string;
  methodArn: string;
  /** `$context.authorizer`; null unless allowed. */
  context: Readonly<Record<string, unknown>> | null;
  usageIdentifierKey: string | null;
  /** What the function answered, as text: the policy and all it says. Null if none was asked. */
  answer: string | null;
  /** For how long traffic would reuse the answer for the same identity; null if it would ask again each time. */
  cachedSeconds: number | null;
  latencyMs: number;
  log: string[];
};

/** Asks one authorizer about one request, by the code that guards traffic; the integration is never called. */
export async function testAuthorizer(input: TestAuthorizerInput): Promise<TestAuthorizerResult> {
  const { stageConfig, apiId, request, workspaceId } = input;
  const runtime = compileApi(guardedApi(input), stageConfig, {
    apiId,
    deploymentId: "test-authorizer",
    accountId: "000000000000",
    workspaceId,
  });
  const log: string[] = [];
  const seen: Seen = { answer: null, cachedSeconds: null };
  const ports = portsOf(input, log, seen);
  const path = request.path.startsWith("/") ? request.path : `/${request.path}`;
  const fullPath = `/${stageConfig.stageName}${path}`;
  const exchange = new Exchange(
    runtime,
    {
      method: request.httpMethod,
      path,
      fullPath,
      requestLine: { method: request.httpMethod, path: fullPath },
      rawQuery: request.query ?? "",
      headers: request.headers.flat(),
      body: bodyOf(new Uint8Array(0)),
      forwarded: null,
      cancel: null,
      sourceIp: "127.0.0.1",
      domainName: `${apiId}.execute-api.localhost`,
      protocol: "HTTP/1.1",
    },
    ports,
  );
  const route = runtime.routes[0] as CompiledRoute;
  exchange.route = route;
  exchange.pathParameters = runtime.match(request.httpMethod, path)?.pathParameters ?? {};
  const gate = route.steps.find(({ name }) => name === "authorize");
  if (!gate) throw new Error("the method has no gate");
  const finish = (rest: Pick<TestAuthorizerResult, "decision" | "reason">): TestAuthorizerResult => ({
    ...rest,
    ...seen,
    status: exchange.status,
    methodArn: methodArnOf(exchange),
    context: rest.decision === "allow" ? exchange.authorizer : null,
    usageIdentifierKey: exchange.usageIdentifierKey,
    latencyMs: Math.round(ports.clock.monotonicMs() - exchange.startedAtMs),
    log,
  });
  try {
    await gate.run(exchange, ports);
  } catch (error) {
    renderError(exchange, error, ports);
    if (!(error instanceof GatewayError)) throw error;
    const reason = error.logLine ?? error.publicMessage ?? error.type;
    log.push(reason);
    return finish({ decision: exchange.status >= 500 ? "error" : "deny", reason });
  }
  return finish({ decision: "allow", reason: exchange.note?.summary ?? "allowed" });
}

/** The API with nothing but one method that asks this authorizer; its other mistakes must not stop the test. */
function guardedApi({ snapshot, authorizerId, request }: TestAuthorizerInput): ApiSnapshot {
  const type = snapshot.authorizers[authorizerId]?.type;
  const method = {
    httpMethod: "ANY",
    authorizationType: type === "COGNITO_USER_POOLS" ? type : "CUSTOM",
    authorizerId,
    authorizationScopes: [...(request.scopes ?? [])],
  };
  return apiSnapshotSchema.parse({
    ...snapshot,
    resources: {
      root: { id: "root", parentId: null, pathPart: "" },
      any: { id: "any", parentId: "root", pathPart: "{proxy+}", resourceMethods: { ANY: method } },
    },
    models: {},
    requestValidators: {},
    gatewayResponses: {},
  });
}

type Seen = Pick<TestAuthorizerResult, "answer" | "cachedSeconds">;

/** Remembers what went through the ports. What fails is not kept by traffic's cache either. */
function portsOf({ ports }: TestAuthorizerInput, log: string[], seen: Seen): Ports {
  return {
    ...ports,
    functions: {
      async invoke(call) {
        const answer = await ports.functions.invoke(call);
        seen.answer = textFromUtf8(answer.payload);
        return answer;
      },
    },
    authorizerCache: {
      async get({ ttlMs }, make, read) {
        const made = read(await make());
        seen.cachedSeconds = ttlMs / 1_000;
        return made;
      },
    },
    signatures: { verify: async () => ({ outcome: "missing", message: "Missing Authentication Token" }) },
    keys: { find: () => null },
    limits: { admit: () => null, status: () => [] },
    accessLog: { write: () => undefined },
    metrics: { record: () => undefined },
    diagnostics: { unexpected: (error) => log.push(String(error)) },
    trace: { step: () => undefined, log: (line) => log.push(line) },
  };
}
