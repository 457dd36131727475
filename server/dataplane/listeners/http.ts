import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { Exchange } from "@/server/gateway/exchange";
import { closeBody } from "@/server/gateway/http-message";
import { MAX_HEADER_BYTES } from "@/server/gateway/limits";
import { handleHttp } from "@/server/gateway/pipelines/http";
import type { Ports } from "@/server/gateway/ports";
import type { RuntimeApi } from "@/server/gateway/runtime-api";
import { recordExchange } from "@/server/gateway/steps/record-exchange";
import type { RuntimeHolder } from "../config/holder";
import { readAddress } from "./address";
import { answerClientError } from "./client-error";
import { dropConsoleSetCookies } from "./console-cookies";
import { framingHeadersOf, NodeRequest } from "./node-request";
import { type ClientExchange, writeAnswer } from "./write-answer";

/** Answers `/_gatehouse/…`; true if it did. */
export type AdminHandler = (message: IncomingMessage, response: ServerResponse) => boolean;

export type HttpListenerOptions = {
  holder: RuntimeHolder;
  ports: Ports;
  admin: AdminHandler;
  /** True while the server is closing: answers then end their connections. */
  isDraining: () => boolean;
  /** A bug in the gateway itself. */
  onError: (error: unknown) => void;
};

/** How long an idle client connection is kept (quota: 310 s). */
const IDLE_MS = 310_000;

/** The server that takes clients' requests. It is not listening yet. */
export function createHttpListener(options: HttpListenerOptions): http.Server {
  const server = http.createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: IDLE_MS, headersTimeout: 60_000, noDelay: true },
    (message, response) => {
      try {
        serve(message, response, options);
      } catch (error) {
        fail(response, error, options);
      }
    },
  );
  server.on("clientError", answerClientError);
  return server;
}

function serve(message: IncomingMessage, response: ServerResponse, options: HttpListenerOptions): void {
  const url = message.url ?? "/";
  if (url.startsWith("/_gatehouse/") && options.admin(message, response)) return;
  const framing = framingHeadersOf(message.rawHeaders);
  const client = { message, response, hasBody: framing.sizeBytes !== 0 };
  const address = readAddress(url, framing.host);
  const slot = address && options.holder.find(address.apiId, address.stageName);
  if (!slot) {
    forbid(client, options.ports);
    return;
  }
  const request = new NodeRequest(message, address, framing);
  const runtime = slot.runtime();
  if (!(runtime instanceof Promise)) {
    serveRuntime(client, { runtime, request }, options);
    return;
  }
  runtime.then(
    (compiled) => serveRuntime(client, { runtime: compiled, request }, options),
    (error) => fail(response, error, options),
  );
}

function serveRuntime(
  client: ClientExchange,
  { runtime, request }: { runtime: RuntimeApi; request: NodeRequest },
  options: HttpListenerOptions,
): void {
  const { ports } = options;
  const { response } = client;
  if (runtime.isEndpointDisabled) {
    forbid(client, ports);
    return;
  }
  const result = handleHttp(runtime, request, ports);
  if (result instanceof Promise) {
    response.once("close", () => {
      if (!response.writableEnded) request.cancel?.();
    });
    result
      .then((exchange) => finish(client, exchange, options))
      .catch((error) => fail(response, error, options));
  } else {
    finish(client, result, options);
  }
}

function finish(
  client: ClientExchange,
  exchange: Exchange,
  { ports, isDraining }: HttpListenerOptions,
): void {
  dropConsoleSetCookies(exchange.headers);
  if (isDraining()) exchange.headers.push("Connection", "close");
  if (client.response.destroyed) {
    closeBody(exchange.body);
    recordExchange(exchange, ports, 0);
    return;
  }
  writeAnswer(client, exchange, (bytesSent) => recordExchange(exchange, ports, bytesSent));
}

/** Unknown APIs and stages; the same text as a missing key, and no hint which of it is wrong. */
function forbid(client: ClientExchange, { ids }: Ports): void {
  const headers = [
    "x-amzn-RequestId",
    ids.requestId(),
    "x-amzn-ErrorType",
    "ForbiddenException",
    "x-amz-apigw-id",
    ids.extendedRequestId(),
    "Content-Type",
    "application/json",
  ];
  writeAnswer(client, { status: 403, headers, body: '{"message":"Forbidden"}' }, () => undefined);
}

function fail(response: ServerResponse, error: unknown, { onError }: HttpListenerOptions): void {
  onError(error);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(500, [
    "Content-Type",
    "application/json",
    "x-amzn-ErrorType",
    "InternalServerErrorException",
  ]);
  response.end('{"message": "Internal server error"}');
}
