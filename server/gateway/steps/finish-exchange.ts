import type { Exchange } from "../exchange";
import { addLimitHeaders } from "../headers/limit-headers";
import type { Ports } from "../ports";
import { refuseInformational } from "./render-error";

/** What holds for every answer, whether a back end, the mock or the gateway itself gave it. */
export function finishExchange(exchange: Exchange, ports: Ports): void {
  refuseInformational(exchange, ports);
  if (exchange.runtime.rateLimitHeaders !== "OFF") addLimitHeaders(exchange, ports);
}
