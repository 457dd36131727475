import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { chooseVariant } from "@/server/gateway/canary/choose-variant";
import type { Exchange } from "@/server/gateway/exchange";
import { closeBody } from "@/server/gateway/http-message";
import { MAX_HEADER_BYTES } from "@/server/gateway/limits";
import { handleHttp } from "@/server/gateway/pipelines/http";
import type { Ports } from "@/server/gateway/ports";
import type { StageRuntime } from "@/server/gateway/runtime-api";
import { recordExchange } from "@/server/gateway/steps/record-exchange";
import type { RuntimeHolder } from "../config/holder";
import { readAddress } from "./address";
import { answerClientError, refusalBody, refuse } from "./client-error";
import { isClosing } from "./closing-connections";
import { dropConsoleSetCookies } from "./console-cookies";
import { framingHeadersOf, NodeRequest } from "./node-request";
import { requestFault } from "./request-fault";
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
  /** Other times than TIMES. */
  times?: Partial<ListenerTimes>;
};

export type ListenerTimes = {
  /** How long an idle connection is kept. */
  idleMs: number;
  /** How long a request may stand still; also how long a client may leave its answer unread. */
  standstillMs: number;
  /** For request line and header fields. */
  headersMs: number;
  /** For the whole request. */
  requestMs: number;
  /** How often the two above are looked after. */
  checkEveryMs: number;
};

/**
 * 310 s is the quota for idle connections; the others are ours. Nothing may move for as long as an authorizer (29 s) and
 * an integration (300 s) may take.
 */
const TIMES: ListenerTimes = {
  idleMs: 310_000,
  standstillMs: 340_000,
  headersMs: 60_000,
  requestMs: 300_000,
  checkEveryMs: 10_000,
};

/** The server that takes clients' requests. It is not listening yet. */
export function createHttpListener(options: HttpListenerOptions): http.Server {
  const times = { ...TIMES, ...options.times };
  const server = http.createServer(
    {
      // Request line and header fields may each have that many; which is too long is then told apart.
      maxHeaderSize: 2 * MAX_HEADER_BYTES,
      keepAliveTimeout: times.idleMs,
      headersTimeout: times.headersMs,
      requestTimeout: times.requestMs,
      connectionsCheckingInterval: times.checkEveryMs,
      noDelay: true,
    },
    (message, response) => take(message, response, { ...options, askForBody: null }),
  );
  server.on("checkContinue", (message: IncomingMessage, response: ServerResponse) =>
    take(message, response, { ...options, askForBody: () => response.writeContinue() }),
  );
  server.on("connect", (_message: IncomingMessage, socket: Duplex) => refuse(socket, 405));
  server.setTimeout(times.standstillMs);
  server.on("clientError", answerClientError);
  return server;
}

/** A listener's options, and how a client that waits for `100 Continue` is told to send its body. */
type Taking = HttpListenerOptions & { askForBody: (() => void) | null };

function take(message: IncomingMessage, response: ServerResponse, taking: Taking): void {
  // The connection's last answer is on its way: what came behind its request is not served (RFC 9112, 9.6).
  if (isClosing(message.socket)) return;
  try {
    serve(message, response, taking);
  } catch (error) {
    fail(response, error, taking);
  }
}

function serve(message: IncomingMessage, response: ServerResponse, options: Taking): void {
  const url = message.url ?? "/";
  const framing = framingHeadersOf(message.rawHeaders);
  const client = { message, response, hasBody: framing.sizeBytes !== 0 };
  const fault = requestFault(message, framing);
  if (fault !== null) {
    reject(client, fault);
    return;
  }
  if (url.startsWith("/_gatehouse/") && options.admin(message, response)) return;
  const address = readAddress(url, framing.host);
  const slot = address && options.holder.find(address.apiId, address.stageName);
  if (!slot) {
    forbid(client, options.ports);
    return;
  }
  const request = new NodeRequest(message, { address, framing, askForBody: options.askForBody });
  const stage = slot.runtime();
  if (!(stage instanceof Promise)) {
    serveRuntime(client, { stage, request }, options);
    return;
  }
  stage.then(
    (compiled) => serveRuntime(client, { stage: compiled, request }, options),
    (error) => fail(response, error, options),
  );
}

function serveRuntime(
  client: ClientExchange,
  { stage, request }: { stage: StageRuntime; request: NodeRequest },
  options: HttpListenerOptions,
): void {
  const { ports } = options;
  const runtime = chooseVariant(stage, request, ports.ids);
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

/** A request that could be understood in two ways, or is too long: nothing else on its connection can be trusted. */
function reject(client: ClientExchange, status: number): void {
  const headers = ["Content-Type", "application/json", "Connection", "close"];
  writeAnswer(client, { status, headers, body: refusalBody(status) }, () => undefined);
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
