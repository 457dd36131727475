import { headerOf } from "../context/request-headers";
import { GatewayError } from "../errors";
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
        if (!key) throw new GatewayError("INVALID_API_KEY");
        exchange.key = key;
        exchange.keyValue = value;
      },
    };
  },
};
