import { ACCOUNT_THROTTLE } from "@/server/gateway/limits";
import { methodSettingOf, stageThrottleOf } from "@/server/gateway/policies/limits";
import { quotaPeriod } from "@/server/gateway/policies/quota-period";
import type { LimitName } from "@/server/gateway/ports";
import type { StageConfig } from "@/server/gateway/snapshot/stage-config";
import type { Quota, Throttle } from "@/server/gateway/snapshot/usage-plan";

/** `stage` is star/star of the stage's settings, `method` the method's own there. */
export type LayerName = LimitName | "stage";

/**
 * - enforced, shadow: asked on every request.
 * - none: it is not set.
 * - replaced: the method has settings of its own, and those of all methods do not count.
 * - bypassed: the method asks for no key, so no plan holds.
 */
export type LayerState = "enforced" | "shadow" | "none" | "replaced" | "bypassed";

export type LimitLayer = {
  name: LayerName;
  state: LayerState;
  throttle: Throttle | null;
  quota: Quota | null;
  /** What it decides, as the tightest of the limits that are enforced. */
  decides: ("rate" | "burst" | "total")[];
};

export type LimitedPlan = {
  throttle: Throttle | null;
  quota: Quota | null;
  /** `/pets/GET` (root: `//GET`) → limits of that method on this stage. */
  methodThrottles: Readonly<Record<string, Throttle>>;
};

export type LimitStack = {
  /** In the order they are asked (developer guide, request throttling), the quota last; a plan's only with a plan. */
  layers: LimitLayer[];
  /** The method asks for a key and none in a plan of the stage is given: every request is refused. */
  isClosed: boolean;
};

export type LimitStackInput = {
  /** `/pets/{petId}` and `GET` or `ANY`. */
  resourcePath: string;
  httpMethod: string;
  apiKeyRequired: boolean;
  methodSettings: StageConfig["methodSettings"];
  /** Null: the client has no key in a plan of this stage. */
  plan: LimitedPlan | null;
  accountThrottle?: Throttle;
};

const LONGEST_MONTH = Date.UTC(2026, 0, 1);

/** Every limit that a request to a method meets, and which of them decides what a client gets. */
export function limitStack(input: LimitStackInput): LimitStack {
  const { apiKeyRequired, plan } = input;
  const layers = [...planLayers(input), ...stageLayers(input), accountLayer(input), ...quotaLayers(input)];
  decide(layers);
  return { layers, isClosed: apiKeyRequired && plan === null };
}

function planLayers({ plan, apiKeyRequired, resourcePath, httpMethod }: LimitStackInput): LimitLayer[] {
  if (!plan) return [];
  const own = plan.methodThrottles[`${resourcePath}/${httpMethod}`] ?? null;
  return [
    throttleLayer("plan-method", own, apiKeyRequired),
    throttleLayer("plan", plan.throttle, apiKeyRequired),
  ];
}

function stageLayers({ methodSettings, resourcePath, httpMethod }: LimitStackInput): LimitLayer[] {
  const all = methodSettings["*/*"];
  const setting = methodSettingOf(methodSettings, resourcePath, httpMethod);
  const hasOwn = setting !== undefined && setting !== all;
  const throttle = stageThrottleOf(methodSettings, resourcePath, httpMethod);
  const ofAll = stageThrottleOf(all ? { "*/*": all } : {}, resourcePath, httpMethod);
  const stage = throttleLayer("stage", ofAll, true);
  return [
    throttleLayer("method", hasOwn ? throttle : null, true),
    hasOwn && ofAll ? { ...stage, state: "replaced" } : stage,
  ];
}

function accountLayer({ accountThrottle = ACCOUNT_THROTTLE }: LimitStackInput): LimitLayer {
  return throttleLayer("account", accountThrottle, true);
}

function quotaLayers({ plan, apiKeyRequired }: LimitStackInput): LimitLayer[] {
  if (!plan) return [];
  const { quota } = plan;
  return [{ name: "quota", throttle: null, quota, state: stateOf(quota, apiKeyRequired), decides: [] }];
}

function throttleLayer(name: LayerName, throttle: Throttle | null, isAsked: boolean): LimitLayer {
  return { name, throttle, quota: null, state: stateOf(throttle, isAsked), decides: [] };
}

function stateOf(limit: { shadow?: boolean | undefined } | null, isAsked: boolean): LayerState {
  if (!limit) return "none";
  if (!isAsked) return "bypassed";
  return limit.shadow ? "shadow" : "enforced";
}

/** A request needs one of each bucket, so the lowest rate and the lowest burst hold; of equal ones the first asked. */
function decide(layers: LimitLayer[]): void {
  const enforced = layers.filter(({ state }) => state === "enforced");
  const throttled = enforced.filter(
    (layer): layer is LimitLayer & { throttle: Throttle } => !!layer.throttle,
  );
  const rate = lowest(throttled, ({ throttle }) => throttle.rateLimit);
  const burst = lowest(throttled, ({ throttle }) => throttle.burstLimit);
  rate?.decides.push("rate");
  burst?.decides.push("burst");
  for (const layer of enforced) {
    if (layer.quota && isReachable(layer.quota, rate?.throttle, burst?.throttle)) layer.decides.push("total");
  }
}

/** Whether the throttles let so many requests through in one period. */
function isReachable(quota: Quota, rate: Throttle | undefined, burst: Throttle | undefined): boolean {
  if (!rate || !burst) return true;
  const { startMs, endMs } = quotaPeriod(quota.period, LONGEST_MONTH);
  return quota.limit < burst.burstLimit + (rate.rateLimit * (endMs - startMs)) / 1000;
}

function lowest<Layer>(layers: readonly Layer[], numberOf: (layer: Layer) => number): Layer | undefined {
  let found: Layer | undefined;
  for (const layer of layers) if (!found || numberOf(layer) < numberOf(found)) found = layer;
  return found;
}
