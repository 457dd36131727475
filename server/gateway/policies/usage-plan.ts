import { GatewayError } from "../errors";
import type { Policy } from "./policy";

/** The key's plan: throttles (429 Too Many Requests), then the quota (429 Limit Exceeded). Needs a key. */
export const usagePlanPolicy: Policy = {
  name: "usage-plan",
  help: "Holds a key to its usage plan's rate, burst and quota.",
  compile({ method, methodKey, scope }) {
    if (!method.apiKeyRequired) return null;
    const stage = { apiId: scope.apiId, stageName: scope.stageName };
    return {
      name: "usage-plan",
      isGate: true,
      run(exchange, ports) {
        if (!exchange.key) throw new GatewayError("INVALID_API_KEY");
        const verdict = ports.usage.admit(exchange.key, stage, methodKey);
        if (verdict === "throttled") throw new GatewayError("THROTTLED");
        if (verdict === "quota-exceeded") throw new GatewayError("QUOTA_EXCEEDED");
      },
    };
  },
};
