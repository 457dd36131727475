import { Pool } from "undici";
import {
  type UpstreamAnswer,
  UpstreamError,
  type UpstreamHttp,
  type UpstreamRequest,
} from "@/server/gateway/ports";
import { needsNodeHttp, sendWithNodeHttp } from "./node-http-call";
import { UpstreamCall } from "./upstream-call";

export type HttpClientOptions = {
  /** Connections to one origin; more requests wait, within their own time limit. */
  connectionsPerOrigin?: number;
  /** Origins whose connections are kept. */
  maxOrigins?: number;
};

/** Requests that may be sent a second time when a kept connection turns out to be closed. */
const REPEATABLE = new Set(["GET", "HEAD", "OPTIONS"]);

/** The UpstreamHttp port over undici: pooled connections, no redirects, nothing decoded. */
export class HttpClient implements UpstreamHttp {
  readonly #pools = new Map<string, Pool>();
  readonly #connectionsPerOrigin: number;
  readonly #maxOrigins: number;

  constructor({ connectionsPerOrigin = 512, maxOrigins = 500 }: HttpClientOptions = {}) {
    this.#connectionsPerOrigin = connectionsPerOrigin;
    this.#maxOrigins = maxOrigins;
  }

  send(request: UpstreamRequest): Promise<UpstreamAnswer> {
    if (needsNodeHttp(request)) return sendWithNodeHttp(request);
    const pool = this.#poolFor(request);
    const answer = this.#attempt(pool, request);
    if (request.body !== null || !REPEATABLE.has(request.method)) return answer;
    return answer.catch((error) => {
      if (!(error instanceof UpstreamError) || error.kind !== "network" || !isStaleConnection(error))
        throw error;
      return this.#attempt(pool, request);
    });
  }

  /** Ends all connections at once. */
  async close(): Promise<void> {
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }

  #attempt(pool: Pool, request: UpstreamRequest): Promise<UpstreamAnswer> {
    return new Promise((resolve, reject) => {
      const call = new UpstreamCall(request, resolve, reject);
      pool.dispatch(call.dispatchOptions(), call);
    });
  }

  #poolFor({ origin, skipTlsVerification }: UpstreamRequest): Pool {
    const key = skipTlsVerification ? `${origin} unverified` : origin;
    const known = this.#pools.get(key);
    if (known) return known;
    const pool = new Pool(origin, {
      connections: this.#connectionsPerOrigin,
      pipelining: 1,
      // Each call has its own time limit, which also covers connecting.
      connect: { timeout: 60_000, rejectUnauthorized: !skipTlsVerification },
      headersTimeout: 0,
      maxHeaderSize: 65_536,
    });
    this.#pools.set(key, pool);
    if (this.#pools.size > this.#maxOrigins) {
      const [oldest] = this.#pools.keys();
      if (oldest !== undefined) {
        this.#pools
          .get(oldest)
          ?.close()
          .catch(() => undefined);
        this.#pools.delete(oldest);
      }
    }
    return pool;
  }
}

/** The back end closed a kept connection just as it was used again. */
function isStaleConnection(error: UpstreamError): boolean {
  return error.code === "UND_ERR_SOCKET" || error.code === "ECONNRESET" || error.code === "EPIPE";
}
