import {
  type UpstreamAnswer,
  UpstreamError,
  type UpstreamHttp,
  type UpstreamRequest,
} from "@/server/gateway/ports";
import type { Endpoint } from "./http1/connection";
import { ConnectionPool } from "./http1/connection-pool";
import { UpstreamCall } from "./http1/upstream-call";

export type HttpClientOptions = {
  /** Connections to one origin; more requests wait, within their own time limit. */
  connectionsPerOrigin?: number;
  /** Origins whose connections are kept. */
  maxOrigins?: number;
};

/** The UpstreamHttp port: HTTP/1.1 over kept connections, no redirects, nothing decoded. */
export class HttpClient implements UpstreamHttp {
  readonly #pools = new Map<string, ConnectionPool>();
  readonly #connectionsPerOrigin: number;
  readonly #maxOrigins: number;

  constructor({ connectionsPerOrigin = 512, maxOrigins = 500 }: HttpClientOptions = {}) {
    this.#connectionsPerOrigin = connectionsPerOrigin;
    this.#maxOrigins = maxOrigins;
  }

  send(request: UpstreamRequest): Promise<UpstreamAnswer> {
    const pool = this.#poolFor(request);
    if (pool === null) return Promise.reject(new UpstreamError("address", `${request.origin} is no address`));
    return new Promise((resolve, reject) => pool.dispatch(new UpstreamCall(request, resolve, reject)));
  }

  /** Ends all connections at once. */
  async close(): Promise<void> {
    for (const pool of this.#pools.values()) pool.destroy();
    this.#pools.clear();
  }

  #poolFor({ origin, skipTlsVerification }: UpstreamRequest): ConnectionPool | null {
    const key = skipTlsVerification ? `${origin} unverified` : origin;
    const known = this.#pools.get(key);
    if (known) return known;
    const endpoint = endpointOf(origin, skipTlsVerification);
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

function endpointOf(origin: string, skipTlsVerification: boolean): Endpoint | null {
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
    session: undefined,
  };
}
