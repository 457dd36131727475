import { utf8FromText } from "@/server/toolkit/utf8";
import type { ContextSource } from "@/server/vtl";
import type { Exchange } from "../exchange";
import { headerTextFromWire } from "../headers/header-text";
import { rootOf } from "../observation/tracing/incoming-trace";
import { MONTH_NAMES } from "./month-names";
import { headerOf } from "./request-headers";

/**
 * `$context` of mapping templates (recorded: `$context.keySet()` of an unauthenticated call). Each name is
 * computed when it is asked for.
 */
const TEMPLATE_VARIABLES: Readonly<Record<string, (exchange: Exchange) => unknown>> = {
  resourceId: (x) => x.route?.resourceId,
  resourcePath: (x) => x.route?.resourcePath,
  httpMethod: (x) => x.request.method,
  extendedRequestId: (x) => x.extendedRequestId,
  requestTime: (x) => commonLogTime(x.receivedAtMs),
  path: (x) => x.request.fullPath,
  accountId: (x) => x.runtime.accountId,
  protocol: (x) => x.request.protocol,
  requestOverride: (x) => ({ path: {}, header: {}, querystring: {}, ...x.overrides.requestOverride }),
  stage: (x) => x.runtime.stageName,
  domainPrefix: domainPrefixOf,
  requestTimeEpoch: (x) => Math.floor(x.receivedAtMs),
  requestId: (x) => x.requestId,
  identity: identityOf,
  domainName: (x) => x.request.domainName,
  deploymentId: (x) => x.runtime.deploymentId,
  responseOverride: (x) => ({ header: {}, ...x.overrides.responseOverride }),
  apiId: (x) => x.runtime.apiId,
  authorizer: (x) => x.authorizer ?? undefined,
  isCanaryRequest: (x) => x.runtime.isCanary ?? undefined,
};
/** Names that are there only where what they tell of is. */
const SOMETIMES: ReadonlySet<string> = new Set(["authorizer", "isCanaryRequest"]);
const ALWAYS = Object.keys(TEMPLATE_VARIABLES).filter((name) => !SOMETIMES.has(name));

/** Variables only gateway responses and access logs know, by their whole name. */
const LOG_VARIABLES: Readonly<Record<string, (exchange: Exchange) => unknown>> = {
  status: (x) => x.status,
  responseLength: (x) => responseLengthOf(x),
  responseLatency: (x) => Math.round(x.latencyMs),
  integrationLatency: (x) => (x.integrationRequest ? Math.round(x.integrationLatencyMs) : undefined),
  "integration.latency": (x) => (x.integrationRequest ? Math.round(x.integrationLatencyMs) : undefined),
  integrationStatus: (x) => x.integrationAnswer?.status,
  "integration.status": (x) => x.integrationAnswer?.status,
  "integration.integrationStatus": (x) => x.integrationAnswer?.status,
  integrationErrorMessage: (x) => x.error?.logLine ?? undefined,
  "integration.error": (x) => x.error?.logLine ?? undefined,
  "customDomain.basePathMatched": (x) => x.request.customDomain?.basePathMatched || undefined,
  xrayTraceId: (x) =>
    /Root=([^;]+)/.exec(x.traceId)?.[1] ?? (x.tracing ? rootOf(x.tracing.traceId) : undefined),
  // Ours, not AWS's: why a request was refused, and what limits in shadow mode would have refused.
  "limit.refused": (x) => x.limitRefusal?.limit,
  "limit.subject": (x) => x.limitRefusal?.subject,
  "limit.value": (x) => x.limitRefusal?.value,
  "limit.shadow": (x) => x.shadowRefusals?.map(({ limit }) => limit).join(","),
  "error.message": (x) => x.error?.publicMessage,
  "error.messageString": (x) => (x.error ? JSON.stringify(x.error.publicMessage) : undefined),
  "error.responseType": (x) => x.error?.type,
  "error.validationErrorString": (x) => x.error?.validationError,
};

/** `$context` as templates see it. */
export class ExchangeContext implements ContextSource {
  constructor(private readonly exchange: Exchange) {}

  get(name: string): unknown {
    return Object.hasOwn(TEMPLATE_VARIABLES, name) ? TEMPLATE_VARIABLES[name]?.(this.exchange) : undefined;
  }

  keys(): Iterable<string> {
    const { authorizer, runtime } = this.exchange;
    if (!authorizer && runtime.isCanary === null) return ALWAYS;
    return [
      ...ALWAYS,
      ...(authorizer ? ["authorizer"] : []),
      ...(runtime.isCanary === null ? [] : ["isCanaryRequest"]),
    ];
  }
}

/**
 * A function for one `$context` variable (without `$context.`), e.g. `identity.sourceIp`; what it is is decided
 * now, not per request. Unknown names and absent values give undefined.
 */
export function contextReader(name: string): (exchange: Exchange) => string | undefined {
  const logVariable = Object.hasOwn(LOG_VARIABLES, name) ? LOG_VARIABLES[name] : undefined;
  if (logVariable) return (exchange) => textOf(logVariable(exchange));
  const [first = "", ...rest] = name.split(".");
  const member = rest[0] ?? "";
  if (first === "identity" && rest.length === 1) {
    const group = Object.hasOwn(IDENTITY, member) ? IDENTITY : KEY_IDENTITY;
    const read = Object.hasOwn(group, member) ? group[member] : undefined;
    return (exchange) => read?.(exchange) ?? undefined;
  }
  const variable = Object.hasOwn(TEMPLATE_VARIABLES, first) ? TEMPLATE_VARIABLES[first] : undefined;
  if (!variable) return () => undefined;
  return (exchange) => {
    let value = variable(exchange);
    for (const part of rest) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
      value = (value as Record<string, unknown>)[part];
    }
    return textOf(value);
  };
}

function textOf(value: unknown): string | undefined {
  if (value === null || value === undefined || typeof value === "object") return undefined;
  return String(value);
}

function responseLengthOf(exchange: Exchange): number {
  if (exchange.bytesSent !== null) return exchange.bytesSent;
  const { body } = exchange;
  if (typeof body === "string") return utf8FromText(body).length;
  return body instanceof Uint8Array ? body.length : 0;
}

/** `$context.identity`: what only IAM knows is null; the key's two names are there only if a key was used. */
const IDENTITY: Readonly<Record<string, (exchange: Exchange) => string | null>> = {
  cognitoIdentityPoolId: () => null,
  accountId: (x) => x.caller?.accountId ?? null,
  cognitoIdentityId: () => null,
  caller: (x) => x.caller?.accessKey ?? null,
  sourceIp: (x) => x.request.sourceIp,
  principalOrgId: () => null,
  accessKey: (x) => x.caller?.accessKey ?? null,
  cognitoAuthenticationType: () => null,
  cognitoAuthenticationProvider: () => null,
  userArn: (x) => x.caller?.userArn ?? null,
  userAgent: (x) => {
    const value = headerOf(x.request.headers, "user-agent");
    return value === null ? null : headerTextFromWire(value);
  },
  user: (x) => x.caller?.accessKey ?? null,
};
const KEY_IDENTITY: typeof IDENTITY = {
  apiKey: (x) => x.keyValue,
  apiKeyId: (x) => x.key?.id ?? null,
};

/** `$context.identity` as a record. */
export function identityOf(exchange: Exchange): Record<string, unknown> {
  const identity: Record<string, unknown> = {};
  for (const name in IDENTITY) identity[name] = IDENTITY[name]?.(exchange);
  if (exchange.key) for (const name in KEY_IDENTITY) identity[name] = KEY_IDENTITY[name]?.(exchange);
  const { clientCertificate } = exchange.request;
  if (clientCertificate) identity.clientCert = clientCertificate;
  return identity;
}

/** The first label of the name the client used. Addresses by path have no such label: it is the API's id there, too. */
export function domainPrefixOf({ request, runtime }: Exchange): string {
  return request.customDomain ? (request.domainName.split(".")[0] as string) : runtime.apiId;
}

let knownSecond = Number.NaN;
let knownText = "";

/** Common Log Format time in UTC: `25/Nov/2026:16:07:49 +0000`. Requests of one second share the text. */
export function commonLogTime(epochMs: number): string {
  const second = Math.floor(epochMs / 1000);
  if (second === knownSecond) return knownText;
  knownSecond = second;
  knownText = formatLogTime(epochMs);
  return knownText;
}

function formatLogTime(epochMs: number): string {
  const time = new Date(epochMs);
  const two = (n: number) => (n < 10 ? `0${n}` : String(n));
  const date = `${two(time.getUTCDate())}/${MONTH_NAMES[time.getUTCMonth()]}/${time.getUTCFullYear()}`;
  return `${date}:${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())} +0000`;
}
