import { firstAcceptedType } from "../context/media-type";
import { headerOf } from "../context/request-headers";
import { configurationError, ERROR_TYPE_HEADERS, GatewayError } from "../errors";
import type { Exchange } from "../exchange";
import { addIdentityHeaders } from "../headers/answer-identity";
import { headerTextToWire, isHeaderName } from "../headers/header-text";
import { closeBody } from "../http-message";
import { MAX_PAYLOAD_BYTES } from "../limits";
import type { Ports } from "../ports";

/**
 * Ends an exchange with the API's gateway response for an error. What is no GatewayError is a bug: it is told to
 * diagnostics and the client gets a 500.
 */
export function renderError(exchange: Exchange, cause: unknown, ports: Ports): void {
  const error = cause instanceof GatewayError ? cause : unexpected(exchange, cause, ports);
  closeBody(exchange.integrationAnswer?.body ?? null);
  exchange.error = error;
  exchange.headers = [];
  if (error.type === "REQUEST_TOO_LARGE") {
    tooLarge(exchange);
    return;
  }
  const { runtime, request } = exchange;
  const response = runtime.gatewayResponses[error.type];
  const { status } = response;
  exchange.status = isFinal(status) ? status : (error.defaultStatus ?? response.defaultStatus);
  const accepted =
    response.templates.length > 1 ? firstAcceptedType(headerOf(request.headers, "accept")) : null;
  const template =
    response.templates.find((t) => t.mediaType === accepted) ??
    response.templates.find((t) => t.mediaType === "application/json") ??
    response.templates[0];
  let contentType: string | null = template?.mediaType ?? "application/json";
  for (const { name, value } of response.headers) {
    const text = isHeaderName(name) ? value(exchange) : undefined;
    if (text === undefined) continue;
    exchange.headers.push(name, headerTextToWire(text));
    if (name.toLowerCase() === "content-type") contentType = null;
  }
  exchange.headers.push("x-amzn-ErrorType", error.errorTypeHeader ?? ERROR_TYPE_HEADERS[error.type]);
  if (contentType !== null) exchange.headers.push("Content-Type", contentType);
  addIdentityHeaders(exchange);
  exchange.body = template ? template.render(exchange, "") : null;
}

/** A client waits for another answer behind 1xx, and would wait for ever: such a status is a 500. */
export function refuseInformational(exchange: Exchange, ports: Ports): void {
  if (isFinal(exchange.status)) return;
  const logLine = `Execution failed due to configuration error: ${exchange.status} is no status of an answer`;
  renderError(exchange, configurationError(logLine), ports);
}

function isFinal(status: number | null): status is number {
  return status !== null && status >= 200;
}

/** Not customisable (developer guide, known issues). */
function tooLarge(exchange: Exchange): void {
  exchange.status = 413;
  exchange.headers.push(
    "x-amzn-ErrorType",
    ERROR_TYPE_HEADERS.REQUEST_TOO_LARGE,
    "Content-Type",
    "text/plain",
  );
  addIdentityHeaders(exchange);
  exchange.body = `HTTP content length exceeded ${MAX_PAYLOAD_BYTES} bytes.`;
}

function unexpected(exchange: Exchange, cause: unknown, ports: Ports): GatewayError {
  const { apiId, stageName } = exchange.runtime;
  ports.diagnostics.unexpected(cause, { apiId, stageName, requestId: exchange.requestId });
  return new GatewayError("API_CONFIGURATION_ERROR", {
    logLine: "Execution failed due to an internal error",
    cause,
  });
}
