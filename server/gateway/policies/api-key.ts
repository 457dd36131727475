import { headerOf } from "../context/request-headers";
import { GatewayError } from "../errors";
import type { Exchange } from "../exchange";
import type { Policy } from "./policy";

/**
 * A method that requires a key answers 403 Forbidden unless the key is known, enabled and in a usage plan of
 * this stage. With apiKeySource AUTHORIZER the key comes from the authorizer's answer, and only from there.
 */
export const apiKeyPolicy: Policy = {
  name: "api-key",
  help: "Asks for an API key that belongs to a usage plan of this stage.",
  compile({ method, scope }) {
    if (!method.apiKeyRequired) return null;
    const isHeaderSource = scope.snapshot.apiKeySource === "HEADER";
    return {
      name: "api-key",
      isGate: true,
      run(exchange, ports) {
        const value = isHeaderSource
          ? headerOf(exchange.request.headers, "x-api-key")
          : exchange.usageIdentifierKey;
        const key = value ? ports.keys.find(value, scope.apiId, scope.stageName) : null;
        if (exchange.trace) logKeyCheck(exchange, value !== null && value !== "", key !== null);
        if (!key) throw new GatewayError("INVALID_API_KEY");
        exchange.key = key;
        exchange.keyValue = value;
      },
    };
  },
};

/** In the words of AWS's execution log. */
function logKeyCheck(
  { trace, requestId, runtime, route }: Exchange,
  isGiven: boolean,
  isKnown: boolean,
): void {
  const stage = `${runtime.apiId}/${runtime.stageName}`;
  trace?.log(
    `Verifying Usage Plan for request: ${requestId}. API Key: ${isGiven ? "******" : ""} API Stage: ${stage}`,
  );
  if (isKnown) {
    trace?.log(`Usage Plan check succeeded for API Key and API Stage ${stage}`);
    return;
  }
  const why = isGiven ? "API Key is not valid for this stage" : "API Key was required but not present";
  trace?.log(
    `API Key not authorized because method '${route?.httpMethod} ${route?.resourcePath}' requires API Key and API Key is not associated with a Usage Plan for API Stage ${stage}: ${why}`,
  );
}
