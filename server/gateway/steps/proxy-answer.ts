import { decodeBase64 } from "@/server/toolkit/base64";
import { isNestedDeeper } from "@/server/toolkit/json/is-nested-deeper";
import { textFromUtf8 } from "@/server/toolkit/utf8";
import { firstAcceptedType } from "../context/media-type";
import { headerOf } from "../context/request-headers";
import { configurationError, GatewayError } from "../errors";
import type { Exchange } from "../exchange";
import { addIdentityHeaders } from "../headers/answer-identity";
import { proxiedResponseHeaderName } from "../headers/header-rules";
import { headerTextToWire, isHeaderName } from "../headers/header-text";
import { MAX_JSON_DEPTH } from "../limits";

/** A function's answer in the form a proxy integration asks for. */
type ProxyResult = {
  status: number;
  /** Name as it is sent → its values. */
  headers: Map<string, { name: string; values: string[] }>;
  body: string;
  isBase64Encoded: boolean;
};

const KEYS = new Set(["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"]);

/**
 * Turns what a function returned into the answer. A failed function and a result of any other form are a 502
 * `Internal server error` (recorded: response payload format validation).
 */
export function proxyAnswer(exchange: Exchange, isBinaryType: (mediaType: string | null) => boolean): void {
  const answer = exchange.integrationAnswer;
  if (!answer || !(answer.body instanceof Uint8Array)) throw new Error("map-response ran without an answer");
  const text = textFromUtf8(answer.body);
  exchange.answerText = text;
  if (exchange.functionError !== null) {
    const requestId = headerOf(answer.headers, "x-amzn-requestid") ?? "";
    throw badGateway(
      `Lambda execution failed with status ${answer.status} due to customer function error: ${exchange.functionError}. Lambda request id: ${requestId}`,
    );
  }
  const result = readProxyResult(text);
  if (typeof result === "string") {
    throw badGateway(
      `Execution failed due to configuration error: Malformed Lambda proxy response (${result})`,
    );
  }
  exchange.status = result.status;
  let contentType: string | null = "application/json";
  for (const { name, values } of result.headers.values()) {
    const sentAs = isHeaderName(name) ? proxiedResponseHeaderName(name) : null;
    if (sentAs === null) continue;
    for (const value of values) exchange.headers.push(sentAs, headerTextToWire(value));
    if (sentAs.toLowerCase() === "content-type") contentType = null;
  }
  if (contentType !== null) exchange.headers.push("Content-Type", contentType);
  addIdentityHeaders(exchange);
  exchange.headers.push("X-Amzn-Trace-Id", exchange.traceId);
  const accepted = firstAcceptedType(headerOf(exchange.request.headers, "accept"));
  exchange.body = result.isBase64Encoded && isBinaryType(accepted) ? decoded(result.body) : result.body;
  if (exchange.trace)
    exchange.note = { summary: `status ${result.status}`, input: text, output: exchange.body };
}

function decoded(text: string): Uint8Array {
  const bytes = decodeBase64(text);
  if (!bytes) throw configurationError("Unable to base64 decode the body.");
  return bytes;
}

function badGateway(logLine: string): GatewayError {
  return new GatewayError("DEFAULT_5XX", { defaultStatus: 502, logLine });
}

/** The result, or what is wrong with it. */
function readProxyResult(text: string): ProxyResult | string {
  if (isNestedDeeper(text, MAX_JSON_DEPTH)) return "it is nested too deep";
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return "it is not JSON";
  }
  if (typeof document !== "object" || document === null || Array.isArray(document))
    return "it is not an object";
  const given = document as Record<string, unknown>;
  const unknownKey = Object.keys(given).find((key) => !KEYS.has(key));
  if (unknownKey !== undefined) return `unknown key "${unknownKey}"`;
  const status = statusOf(given.statusCode);
  if (status === null) return "statusCode is no status";
  const body = given.body ?? "";
  if (typeof body !== "string") return "body is not a string";
  const headers = headersOf(given.headers ?? {}, given.multiValueHeaders ?? {});
  if (typeof headers === "string") return headers;
  const flag = given.isBase64Encoded ?? false;
  if (typeof flag !== "boolean" && flag !== "true" && flag !== "false")
    return "isBase64Encoded is no boolean";
  return { status, headers, body, isBase64Encoded: flag === true || flag === "true" };
}

/** 200 if absent; an integer, also as text (recorded). Informational statuses are no answer. */
function statusOf(value: unknown): number | null {
  if (value === undefined || value === null) return 200;
  const status = typeof value === "string" && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === "number" && Number.isInteger(status) && status >= 200 && status <= 599
    ? status
    : null;
}

/**
 * Both header maps as one: the values of multiValueHeaders first, under its casing, then the single one (recorded).
 * Values are texts or booleans.
 */
function headersOf(single: unknown, multi: unknown): ProxyResult["headers"] | string {
  if (!isRecord(single)) return "headers is no object";
  if (!isRecord(multi)) return "multiValueHeaders is no object";
  const headers: ProxyResult["headers"] = new Map();
  for (const [name, list] of Object.entries(multi)) {
    if (!Array.isArray(list)) return `multiValueHeaders "${name}" is no list`;
    for (const value of list)
      if (!isHeaderValue(value)) return `multiValueHeaders "${name}" holds something that is no text`;
    add(headers, name, list.map(String));
  }
  for (const [name, value] of Object.entries(single)) {
    if (value === null) continue;
    if (!isHeaderValue(value)) return `header "${name}" is no text`;
    add(headers, name, [String(value)]);
  }
  return headers;
}

function add(headers: ProxyResult["headers"], name: string, values: string[]): void {
  const lower = name.toLowerCase();
  const before = headers.get(lower);
  if (before) before.values.push(...values);
  else headers.set(lower, { name, values });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isHeaderValue(value: unknown): value is string | boolean {
  return typeof value === "string" || typeof value === "boolean";
}
