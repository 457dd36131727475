import { chooseVariant } from "@/server/gateway/canary/choose-variant";
import type { Exchange } from "@/server/gateway/exchange";
import { handleHttp } from "@/server/gateway/pipelines/http";
import type { Ports } from "@/server/gateway/ports";
import type { StageRuntime } from "@/server/gateway/runtime-api";
import { recordExchange } from "@/server/gateway/steps/record-exchange";
import type { RuntimeHolder } from "../config/holder";
import type { CustomDomains } from "../domains/custom-domains";
import type { ClientRequest, ConnectionAnswer } from "../http1/client-connection";
import { HttpServer, type ServerTimes } from "../http1/http-server";
import { type GatewayAddress, readAddress } from "./address";
import type { AdminHandler } from "./admin";
import { dropConsoleSetCookies } from "./console-cookies";
import { GatewayRequest } from "./gateway-request";

export type HttpListenerOptions = {
  holder: RuntimeHolder;
  domains: CustomDomains;
  ports: Ports;
  admin: AdminHandler;
  /** True while the server is closing: answers then end their connections. */
  isDraining: () => boolean;
  /** A bug in the gateway itself. */
  onError: (error: unknown) => void;
  /** Other times than TIMES. */
  times?: Partial<ServerTimes>;
};

/**
 * 310 s is the quota for idle connections; the others are ours. Nothing may move for as long as an authorizer (29 s) and
 * an integration (300 s) may take.
 */
const TIMES: ServerTimes = {
  idleMs: 310_000,
  standstillMs: 340_000,
  headersMs: 60_000,
  requestMs: 300_000,
  checkEveryMs: 10_000,
};

/** The server that takes clients' requests. It is not listening yet. */
export function createHttpListener(options: HttpListenerOptions): HttpServer {
  return new HttpServer((client) => take(client, options), { ...TIMES, ...options.times });
}

function take(client: ClientRequest, options: HttpListenerOptions): void {
  try {
    serve(client, options);
  } catch (error) {
    fail(client, error, options);
  }
}

function serve(client: ClientRequest, options: HttpListenerOptions): void {
  const { target, host } = client.head;
  if (target.startsWith("/_gatehouse/")) {
    const answer = options.admin(target.split("?")[0] as string);
    if (answer instanceof Promise) {
      answer.then(
        (late) => answerItself(client, late, options),
        (error) => fail(client, error, options),
      );
      return;
    }
    if (answer) {
      answerItself(client, answer, options);
      return;
    }
  }
  const address = readAddress(target, host, options.domains);
  const slot = address && options.holder.find(address.apiId, address.stageName);
  if (!slot || !isAllowedBy(address.customDomain, slot.record.workspaceId, client)) {
    forbid(client, options);
    return;
  }
  const request = new GatewayRequest(client, address);
  const stage = slot.runtime();
  if (!(stage instanceof Promise)) {
    serveRuntime(client, { stage, request }, options);
    return;
  }
  stage.then(
    (compiled) => serveRuntime(client, { stage: compiled, request }, options),
    (error) => fail(client, error, options),
  );
}

/**
 * A domain name leads to APIs of its own workspace only. One with mutual TLS answers only to connections that were made to
 * it: another name's handshake, or none, proves nothing to its truststore.
 */
function isAllowedBy(
  custom: GatewayAddress["customDomain"],
  workspaceId: string,
  { connection }: ClientRequest,
): boolean {
  if (custom === null) return true;
  const { domain } = custom;
  if (domain.workspaceId !== workspaceId) return false;
  if (!domain.isMutual) return true;
  const { security } = connection;
  return (
    security?.clientCertificate != null &&
    security.domainName === domain.domainName &&
    security.truststore === domain.tls.truststorePem
  );
}

function serveRuntime(
  client: ClientRequest,
  { stage, request }: { stage: StageRuntime; request: GatewayRequest },
  options: HttpListenerOptions,
): void {
  const { ports } = options;
  const runtime = chooseVariant(stage, request, ports.ids);
  if (runtime.isEndpointDisabled && request.customDomain === null) {
    forbid(client, options);
    return;
  }
  const result = handleHttp(runtime, request, ports);
  if (result instanceof Promise) {
    client.connection.onCancel(() => request.cancel?.());
    result
      .then((exchange) => finish(client, exchange, options))
      .catch((error) => fail(client, error, options));
  } else {
    finish(client, result, options);
  }
}

function finish(client: ClientRequest, exchange: Exchange, { ports, isDraining }: HttpListenerOptions): void {
  const { status, headers, body } = exchange;
  dropConsoleSetCookies(headers);
  client.connection.answer(client, { status, headers, body, close: isDraining() }, (bytesSent) =>
    recordExchange(exchange, ports, bytesSent),
  );
}

/** Unknown APIs and stages; the same text as a missing key, and no hint which of it is wrong. */
function forbid(client: ClientRequest, options: HttpListenerOptions): void {
  const { ids } = options.ports;
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
  answerItself(client, { status: 403, headers, body: '{"message":"Forbidden"}' }, options);
}

/** What no API answers. */
function answerItself(
  client: ClientRequest,
  answer: ConnectionAnswer,
  { isDraining }: HttpListenerOptions,
): void {
  client.connection.answer(client, { ...answer, close: isDraining() }, () => undefined);
}

function fail(client: ClientRequest, error: unknown, options: HttpListenerOptions): void {
  options.onError(error);
  const headers = ["Content-Type", "application/json", "x-amzn-ErrorType", "InternalServerErrorException"];
  const answer = { status: 500, headers, body: '{"message": "Internal server error"}' };
  answerItself(client, answer, options);
}
