import { compileJavaRegex } from "@/server/toolkit/java-regex/compile-java-regex";
import { textFromUtf8, utf8FromText } from "@/server/toolkit/utf8";
import { compileFunctionUri, type FunctionTarget } from "../../compile/compile-function-uri";
import type { CompileScope } from "../../compile/compile-scope";
import { requestEventOf } from "../../context/function-event";
import { GatewayError } from "../../errors";
import type { Exchange } from "../../exchange";
import { w3cTraceHeaders, xrayTraceHeader } from "../../observation/tracing/outgoing-trace";
import { type FunctionAnswer, type Ports, UpstreamError } from "../../ports";
import type { Authorizer } from "../../snapshot/api-snapshot";
import { arnPrefixOf, methodArnOf } from "../iam/method-arn";
import type { CompiledAuthorizer, Decision } from "./authorizer";
import { type IdentitySource, identitySources, tokenSource } from "./identity-source";
import { AnswerError, readAuthorizerAnswer } from "./read-answer";

/** The cap AWS has for integrations; none is documented for authorizers of REST APIs. */
const TIMEOUT_MS = 29_000;

/**
 * TOKEN and REQUEST authorizers: a function is shown the token or the whole request and answers with a policy.
 * Throws an Error if the authorizer's settings cannot be used.
 */
export function compileLambdaAuthorizer(authorizer: Authorizer, scope: CompileScope): CompiledAuthorizer {
  const target = compileFunctionUri(authorizer.authorizerUri ?? "", scope.stageVariables).resolve({});
  if ("problem" in target) throw new Error(target.problem);
  const event = authorizer.type === "TOKEN" ? tokenEvent(authorizer) : requestEvent(authorizer, scope);
  const ttlMs = ttlOf(authorizer);
  return {
    id: authorizer.id,
    decide(exchange, ports) {
      const { identity, payload } = event(exchange);
      const ask = () => askFunction(exchange, ports, { target, payload: payload() });
      const read = (kept: string) => decisionOf(exchange, kept);
      if (ttlMs === 0) return ask().then(read);
      // By authorizer and identity, not by method: the policy that was given is asked for each method anew.
      const key = JSON.stringify([authorizer.id, authorizer.authorizerUri, identity]);
      return ports.authorizerCache.get({ stage: `${scope.apiId}/${scope.stageName}`, key, ttlMs }, ask, read);
    },
  };
}

/** AWS's default is five minutes. */
function ttlOf({ authorizerResultTtlInSeconds }: Authorizer): number {
  return (authorizerResultTtlInSeconds ?? 300) * 1000;
}

type AuthorizerEvent = (exchange: Exchange) => { identity: readonly string[]; payload: () => object };

function tokenEvent({ identitySource, identityValidationExpression }: Authorizer): AuthorizerEvent {
  const source = tokenSource(identitySource);
  const pattern = identityValidationExpression ? compileJavaRegex(identityValidationExpression) : null;
  return (exchange) => {
    const token = source(exchange);
    if (token === null || (pattern !== null && !pattern.matches(token))) throw unauthorized(exchange);
    return {
      identity: [token],
      payload: () => ({ type: "TOKEN", methodArn: methodArnOf(exchange), authorizationToken: token }),
    };
  };
}

function requestEvent(authorizer: Authorizer, scope: CompileScope): AuthorizerEvent {
  const sources = identitySources(authorizer.identitySource, scope.stageVariables);
  const isCached = ttlOf(authorizer) > 0;
  if (isCached && sources.length === 0) throw new Error("an authorizer that caches needs an identity source");
  return (exchange) => ({
    identity: isCached ? identityOf(exchange, sources) : [],
    payload: () => requestPayload(exchange),
  });
}

/** Without caching nothing is asked of the sources; with it each must be there. */
function identityOf(exchange: Exchange, sources: readonly IdentitySource[]): string[] {
  return sources.map((source) => {
    const value = source(exchange);
    if (value === null) throw unauthorized(exchange);
    return value;
  });
}

/** As the event of a proxy integration, without a body; what is empty is an empty object (developer guide). */
function requestPayload(exchange: Exchange): object {
  const { requestContext, resource, path, httpMethod, ...maps } = requestEventOf(exchange);
  const filled = Object.fromEntries(Object.entries(maps).map(([name, value]) => [name, value ?? {}]));
  return {
    type: "REQUEST",
    methodArn: methodArnOf(exchange),
    resource,
    path,
    httpMethod,
    ...filled,
    requestContext,
  };
}

export function unauthorized({ requestId }: Exchange): GatewayError {
  return new GatewayError("UNAUTHORIZED", { logLine: `Unauthorized request: ${requestId}` });
}

/** Text and latency of what the function decided, for `decisionOf`. Rejects with a GatewayError if it failed. */
async function askFunction(
  exchange: Exchange,
  ports: Ports,
  { target, payload }: { target: FunctionTarget; payload: object },
): Promise<string> {
  const startedMs = ports.clock.monotonicMs();
  const answer = await ports.functions
    .invoke({
      workspaceId: exchange.runtime.workspaceId,
      functionName: target.functionName,
      qualifier: null,
      region: target.region,
      payload: utf8FromText(JSON.stringify(payload)),
      invocationType: "RequestResponse",
      headers: [
        "Content-Type",
        "application/json",
        "X-Amzn-Trace-Id",
        xrayTraceHeader(exchange, ports.ids, "authorizeSpanId"),
        ...w3cTraceHeaders(exchange, "authorizeSpanId"),
      ],
      wantsLog: exchange.trace !== null && !exchange.trace.isLive,
      timeoutMs: TIMEOUT_MS,
      owner: { cancel: null },
    })
    .catch((error) => {
      throw callFailure(error);
    });
  exchange.trace?.log(`Authorizer result body before parsing: ${textFromUtf8(answer.payload)}`);
  const text = answeredText(exchange, answer);
  return JSON.stringify([text, Math.round(ports.clock.monotonicMs() - startedMs)]);
}

function answeredText(exchange: Exchange, answer: FunctionAnswer): string {
  const text = textFromUtf8(answer.payload);
  if (answer.status >= 300)
    throw misconfigured(`its service answered ${answer.status}: ${text.slice(0, 1_000)}`);
  if (answer.functionError === null) return text;
  if (errorMessageOf(text) === "Unauthorized") throw unauthorized(exchange);
  throw new GatewayError("AUTHORIZER_FAILURE", {
    logLine: `Execution failed due to an authorizer error: ${text.slice(0, 1_000)}`,
  });
}

function decisionOf(exchange: Exchange, kept: string): Decision {
  const [text, latencyMs] = JSON.parse(kept) as [string, number];
  try {
    const decision = readAuthorizerAnswer(text, arnPrefixOf(exchange.runtime));
    return { ...decision, context: { ...decision.context, integrationLatency: latencyMs } };
  } catch (error) {
    if (!(error instanceof AnswerError)) throw error;
    throw misconfigured(error.message);
  }
}

function errorMessageOf(text: string): unknown {
  try {
    return (JSON.parse(text) as { errorMessage?: unknown } | null)?.errorMessage;
  } catch {
    return undefined;
  }
}

/** A function that takes too long fails; one that cannot be reached is misconfigured. */
function callFailure(error: unknown): unknown {
  if (!(error instanceof UpstreamError)) return error;
  if (error.kind !== "timeout") return misconfigured(error.message);
  return new GatewayError("AUTHORIZER_FAILURE", {
    logLine: "Execution failed due to an authorizer timeout",
    cause: error,
  });
}

export function misconfigured(reason: string): GatewayError {
  return new GatewayError("AUTHORIZER_CONFIGURATION_ERROR", {
    logLine: `Execution failed due to configuration error: ${reason}`,
  });
}
