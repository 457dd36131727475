import { GatewayError } from "../errors";
import type { Policy } from "./policy";

/**
 * Authorizers, IAM and resource policies. None can be evaluated yet, so a method that asks for one refuses every
 * call: what is not understood must never be an open door.
 */
export const authorizePolicy: Policy = {
  name: "authorize",
  help: "Who may call: authorizers, IAM, resource policies.",
  compile({ method, scope }) {
    const asks: string[] = [];
    if (method.authorizationType !== "NONE") asks.push(`authorization type ${method.authorizationType}`);
    if (scope.snapshot.policy !== null) asks.push("a resource policy");
    if (asks.length === 0) return null;
    const logLine = `Execution failed due to configuration error: ${asks.join(" and ")} cannot be evaluated by this version of the gateway`;
    return {
      name: "authorize",
      isGate: true,
      run() {
        throw new GatewayError("AUTHORIZER_CONFIGURATION_ERROR", { logLine });
      },
    };
  },
};
