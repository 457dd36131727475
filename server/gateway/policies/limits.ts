import { GatewayError } from "../errors";
import type { Exchange } from "../exchange";
import type { LimitedRoute, LimitRefusal } from "../ports";
import type { MethodSetting, StageConfig } from "../snapshot/stage-config";
import type { Throttle } from "../snapshot/usage-plan";
import type { Policy } from "./policy";

/**
 * Throttles of plan, method and account, then the key's quota: 429 Too Many Requests, 429 Limit Exceeded. A method that
 * requires no key is held to no plan, whatever key comes (developer guide, usage plans).
 */
export const limitsPolicy: Policy = {
  name: "limits",
  help: "Holds a request to the rates, bursts and quotas of its key's plan, its method and the account.",
  compile({ method, methodKey, httpMethod, resourcePath, scope }) {
    const { apiId, stageName, methodSettings } = scope;
    const route: LimitedRoute = Object.freeze({
      apiId,
      stageName,
      methodKey,
      bucketKey: `${apiId}/${stageName}${resourcePath}/${httpMethod}`,
      throttle: stageThrottleOf(methodSettings, resourcePath, httpMethod),
    });
    const needsKey = method.apiKeyRequired;
    return {
      name: "limits",
      isGate: true,
      run(exchange, ports) {
        if (needsKey && !exchange.key) throw new GatewayError("INVALID_API_KEY");
        exchange.limitedRoute = route;
        const verdict = ports.limits.admit(route, exchange.key, exchange);
        if (exchange.trace) tell(exchange);
        if (verdict === null) return;
        if (verdict instanceof Promise) {
          return verdict.then((late) => {
            if (exchange.trace) tell(exchange);
            if (late) refuse(exchange, late);
          });
        }
        refuse(exchange, verdict);
      },
    };
  },
};

/** For whoever looks at the request. */
function tell(exchange: Exchange): void {
  const would = exchange.shadowRefusals?.map(({ limit, value }) => `${limit} (${value})`);
  if (would) exchange.note = { summary: `in shadow mode, would have refused: ${would.join(", ")}` };
}

function refuse(exchange: Exchange, refusal: LimitRefusal): never {
  exchange.limitRefusal = refusal;
  const { limit, subject, value, type } = refusal;
  throw new GatewayError(type, { logLine: `Refused by the ${limit} limit of ${subject}: ${value}` });
}

/**
 * Settings are keyed `~1pets~1{petId}/GET`, `pets/{petId}/GET` or star/star; a method's own replace the rest. star/star
 * gives each method a bucket of its own (developer guide, request throttling).
 */
export function stageThrottleOf(
  settings: StageConfig["methodSettings"],
  resourcePath: string,
  httpMethod: string,
): Throttle | null {
  const setting = methodSettingOf(settings, resourcePath, httpMethod);
  if (!setting || setting.throttlingRateLimit < 0 || setting.throttlingBurstLimit < 0) return null;
  return {
    rateLimit: setting.throttlingRateLimit,
    burstLimit: setting.throttlingBurstLimit,
    shadow: setting.throttlingShadow ?? false,
  };
}

/** A method's own settings, else those of star/star, else none. */
export function methodSettingOf(
  settings: StageConfig["methodSettings"],
  resourcePath: string,
  httpMethod: string,
): MethodSetting | undefined {
  const escaped = resourcePath.replaceAll("/", "~1");
  return (
    settings[`${escaped}/${httpMethod}`] ??
    settings[`${resourcePath.slice(1)}/${httpMethod}`] ??
    settings[`${resourcePath}/${httpMethod}`] ??
    settings["*/*"]
  );
}
