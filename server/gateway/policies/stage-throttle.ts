import { GatewayError } from "../errors";
import type { StageConfig } from "../snapshot/stage-config";
import type { Throttle } from "../snapshot/usage-plan";
import type { Policy } from "./policy";

/**
 * The throttle of the method's settings, else of star/star, then the account's. star/star gives each method a
 * bucket of its own (developer guide, request throttling).
 */
export const stageThrottlePolicy: Policy = {
  name: "stage-throttle",
  help: "Holds a method to the stage's and the account's rate and burst.",
  compile({ httpMethod, resourcePath, scope }) {
    const bucketKey = `${scope.apiId}/${scope.stageName}${resourcePath}/${httpMethod}`;
    const limits = stageThrottleOf(scope.methodSettings, resourcePath, httpMethod);
    return {
      name: "stage-throttle",
      isGate: true,
      run(_exchange, ports) {
        if (!ports.throttle.admit(bucketKey, limits)) throw new GatewayError("THROTTLED");
      },
    };
  },
};

/** Settings are keyed `~1pets~1{petId}/GET`, `pets/{petId}/GET` or star/star; a method's own replace the rest. */
export function stageThrottleOf(
  settings: StageConfig["methodSettings"],
  resourcePath: string,
  httpMethod: string,
): Throttle | null {
  const escaped = resourcePath.replaceAll("/", "~1");
  const setting =
    settings[`${escaped}/${httpMethod}`] ??
    settings[`${resourcePath.slice(1)}/${httpMethod}`] ??
    settings[`${resourcePath}/${httpMethod}`] ??
    settings["*/*"];
  if (!setting || setting.throttlingRateLimit < 0 || setting.throttlingBurstLimit < 0) return null;
  return { rateLimit: setting.throttlingRateLimit, burstLimit: setting.throttlingBurstLimit };
}
