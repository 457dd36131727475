import type { Exchange } from "../exchange";
import type { LimitStatus, Ports } from "../ports";

/**
 * Tells a client how it stands, if the stage wants that: `RateLimit-Policy` and `RateLimit` with all of its limits
 * (draft-ietf-httpapi-ratelimit-headers-10), or the tightest one in `RateLimit-Limit`, `-Remaining` and `-Reset` (the
 * same draft up to 06). `Retry-After` (RFC 9110, in seconds) on what a limit refused. A quota of requests per second has
 * its burst as `q` and the time that fills it as `w`.
 */
export function addLimitHeaders(exchange: Exchange, ports: Ports): void {
  const { runtime, limitedRoute, limitRefusal, headers } = exchange;
  const style = runtime.rateLimitHeaders;
  if (style === "OFF" || !limitedRoute) return;
  const list = ports.limits.status(limitedRoute, exchange.key);
  if (list.length > 0) {
    if (style === "STANDARD") addStandard(headers, list);
    else addSeparate(headers, list);
  }
  if (limitRefusal && limitRefusal.retryAfterMs !== null) {
    headers.push("Retry-After", String(Math.max(1, Math.ceil(limitRefusal.retryAfterMs / 1000))));
  }
}

function addStandard(headers: string[], list: readonly LimitStatus[]): void {
  headers.push(
    "RateLimit-Policy",
    list.map(({ limit, quota, windowSeconds }) => `"${limit}";q=${quota};w=${windowSeconds}`).join(", "),
    "RateLimit",
    list
      .map(({ limit, remaining, resetSeconds }) => `"${limit}";r=${remaining};t=${resetSeconds}`)
      .join(", "),
  );
}

function addSeparate(headers: string[], list: readonly LimitStatus[]): void {
  const tightest = list.reduce((a, b) => (b.remaining < a.remaining ? b : a));
  headers.push(
    "RateLimit-Limit",
    String(tightest.quota),
    "RateLimit-Remaining",
    String(tightest.remaining),
    "RateLimit-Reset",
    String(tightest.resetSeconds),
  );
}
