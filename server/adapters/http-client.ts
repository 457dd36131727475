import {
  type UpstreamAnswer,
  UpstreamError,
  type UpstreamHttp,
  type UpstreamRequest,
} from "@/server/gateway/ports";
import {
  type ClientCertificate,
  type ClientCertificates,
  NO_CLIENT_CERTIFICATES,
} from "./certificates/client-certificates";
import type { Endpoint } from "./http1/connection";
import { ConnectionPool } from "./http1/connection-pool";
import { UpstreamCall } from "./http1/upstream-call";

export type HttpClientOptions = {
  /** Connections to one origin; more requests wait, within their own time limit. */
  connectionsPerOrigin?: number;
  /** Origins whose connections are kept, of each client certificate. */
  maxOrigins?: number;
  /** What may be shown to back ends; nothing unless given. */
  clientCertificates?: ClientCertificates;
};

/** The UpstreamHttp port: HTTP/1.1 over kept connections, no redirects, nothing decoded. */
export class HttpClient implements UpstreamHttp {
  readonly #pools = new Map<string, ConnectionPool>();
  readonly #connectionsPerOrigin: number;
  readonly #maxOrigins: number;
  readonly #clientCertificates: ClientCertificates;

  constructor({
    connectionsPerOrigin = 512,
    maxOrigins = 500,
    clientCertificates = NO_CLIENT_CERTIFICATES,
  }: HttpClientOptions = {}) {
    this.#connectionsPerOrigin = connectionsPerOrigin;
    this.#maxOrigins = maxOrigins;
    this.#clientCertificates = clientCertificates;
  }

  send(request: UpstreamRequest): Promise<UpstreamAnswer> {
    const { origin, skipTlsVerification, clientCertificate } = request;
    const isShown = clientCertificate !== null && origin.startsWith("https:");
    const certificate = isShown ? this.#clientCertificates.find(clientCertificate) : null;
    // Without it the back end may answer as it does to anybody: that is not what the stage was set to.
    if (isShown && certificate === null)
      return Promise.reject(new UpstreamError("network", "the stage's client certificate is not to be had"));
    let key = skipTlsVerification ? `${origin} unverified` : origin;
    if (isShown) key = `${key} ${clientCertificate}`;
    const pool = this.#poolOf(key, request, certificate);
    if (pool === null) return Promise.reject(new UpstreamError("address", `${request.origin} is no address`));
    return new Promise((resolve, reject) => pool.dispatch(new UpstreamCall(request, resolve, reject)));
  }

  /** Ends all connections at once. */
  async close(): Promise<void> {
    for (const pool of this.#pools.values()) pool.destroy();
    this.#pools.clear();
  }

  #poolOf(
    key: string,
    { origin, skipTlsVerification }: UpstreamRequest,
    clientCertificate: ClientCertificate | null,
  ): ConnectionPool | null {
    const known = this.#pools.get(key);
    if (known && known.endpoint.clientCertificate === clientCertificate) return known;
    // Its certificate is another one.
    known?.close();
    this.#pools.delete(key);
    const endpoint = endpointOf({ origin, skipTlsVerification, clientCertificate });
    if (endpoint === null) return null;
    const pool = new ConnectionPool(endpoint, this.#connectionsPerOrigin);
    this.#pools.set(key, pool);
    for (const [name, oldest] of this.#pools) {
      if (this.#pools.size <= this.#maxOrigins) break;
      oldest.close();
      this.#pools.delete(name);
    }
    return pool;
  }
}

function endpointOf({
  origin,
  skipTlsVerification,
  clientCertificate,
}: Pick<UpstreamRequest, "origin" | "skipTlsVerification"> &
  Pick<Endpoint, "clientCertificate">): Endpoint | null {
  if (!URL.canParse(origin)) return null;
  const { protocol, hostname, port, host } = new URL(origin);
  if ((protocol !== "http:" && protocol !== "https:") || hostname === "") return null;
  const isTls = protocol === "https:";
  return {
    host: hostname.startsWith("[") ? hostname.slice(1, -1) : hostname,
    port: port === "" ? (isTls ? 443 : 80) : Number(port),
    authority: host,
    isTls,
    skipTlsVerification,
    clientCertificate,
    session: undefined,
  };
}
