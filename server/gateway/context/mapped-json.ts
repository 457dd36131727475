import { isJavaNumber, numberToString } from "@/server/toolkit/java/values";
import { parseJson } from "@/server/toolkit/json/parse-json";
import { writeJson } from "@/server/toolkit/json/write-json";
import { GatewayError } from "../errors";
import type { Exchange } from "../exchange";

type BodyJson = { text: string; value: unknown };

/**
 * The request body for mappings. An empty body is `{}`. It is parsed only if it begins like JSON; then broken
 * JSON ends the request with 400 `Invalid JSON in request body`, even if the whole body is mapped.
 */
export function requestJsonOf(exchange: Exchange): BodyJson {
  const text = exchange.requestText || "{}";
  exchange.requestJson ??= {
    value: parsed(
      text,
      (cause) =>
        new GatewayError("BAD_REQUEST_BODY", { publicMessage: "Invalid JSON in request body", cause }),
    ),
  };
  return { text, value: exchange.requestJson.value };
}

/** The back end's body for mappings: as for requests, but broken JSON is a 500. */
export function answerJsonOf(exchange: Exchange): BodyJson {
  const text = exchange.answerText || "{}";
  exchange.answerJson ??= { value: answerValue(exchange, text) };
  return { text, value: exchange.answerJson.value };
}

function answerValue({ functionError }: Exchange, text: string): unknown {
  const value = parsed(
    text,
    (cause) =>
      new GatewayError("API_CONFIGURATION_ERROR", {
        logLine: "Execution failed due to configuration error: Invalid JSON in response body",
        errorTypeHeader: "InternalFailureException",
        cause,
      }),
  );
  // A custom error is JSON inside errorMessage; mappings reach into it (developer guide, Lambda errors).
  if (functionError !== null && value instanceof Map && /^\s*\{/.test(functionError)) {
    try {
      value.set("errorMessage", parseJson(functionError));
    } catch {
      // It only looked like JSON: it stays the text it is.
    }
  }
  return value;
}

function parsed(text: string, failure: (cause: unknown) => GatewayError): unknown {
  if (!/^\s*[{["']/.test(text)) return text;
  try {
    return parseJson(text);
  } catch (error) {
    throw failure(error);
  }
}

/** A JSON value as the text a header or parameter gets: strings bare, objects and arrays as JSON. */
export function mappedJsonText(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  return isJavaNumber(value) ? numberToString(value) : writeJson(value);
}
