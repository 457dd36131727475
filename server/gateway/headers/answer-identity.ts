import type { Exchange } from "../exchange";

/** The two headers every answer carries (recorded). */
export function addIdentityHeaders(exchange: Exchange): void {
  exchange.headers.push("x-amzn-RequestId", exchange.requestId, "x-amz-apigw-id", exchange.extendedRequestId);
}
