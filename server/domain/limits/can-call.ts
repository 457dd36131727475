export type CanCallInput = {
  key: { name: string; enabled: boolean };
  /** The plan of the key that covers the stage; by the rule of one plan a stage there is at most one. */
  plan: { name: string; quota: { remaining: number; limit: number; isShadow: boolean } | null } | null;
  /** Plans of the key that do not cover it. */
  otherPlans: readonly string[];
  /** Plans that cover it and that the key is not in. */
  stagePlans: readonly string[];
  stage: {
    name: string;
    apiKeySource: "HEADER" | "AUTHORIZER";
    hasPolicy: boolean;
    canaryPercent: number | null;
  };
  method: { label: string; apiKeyRequired: boolean; authorizationType: string };
};

export type CanCall = {
  canCall: boolean;
  reason: "admitted" | "no-key-needed" | "key-disabled" | "not-in-plan" | "quota-used-up";
  why: string;
  /** What would have to change; null where the call passes. */
  change: string | null;
  /** What else decides, that cannot be told beforehand. */
  besides: string[];
};

/**
 * Whether a key opens a method of a stage now, asked in the gateway's order: is a key needed, is it enabled, is it in a
 * plan of the stage (else 403), is its quota used up (else 429). Rates are of the moment and left to the limit stack.
 */
export function canCall(input: CanCallInput): CanCall {
  return { ...verdict(input), besides: besides(input) };
}

function verdict(input: CanCallInput): Omit<CanCall, "besides"> {
  const { key, plan, method } = input;
  if (!method.apiKeyRequired) {
    const why = `${method.label} asks for no key, so it answers with any key or none, and no plan's limits hold.`;
    return { canCall: true, reason: "no-key-needed", why, change: null };
  }
  if (!key.enabled) {
    const why = `${key.name} is revoked, so the gateway answers 403.`;
    return { canCall: false, reason: "key-disabled", why, change: "Restore the key." };
  }
  if (!plan) return outsidePlans(input);
  const { quota } = plan;
  if (quota && quota.remaining <= 0) return spent(plan.name, quota);
  const left = quota
    ? ` ${quota.remaining.toLocaleString("en")} ${quota.remaining === 1 ? "request of its quota is" : "requests of its quota are"} left.`
    : "";
  return {
    canCall: true,
    reason: "admitted",
    why: `${key.name} is in the plan ${plan.name}, which covers ${input.stage.name}.${left}`,
    change: null,
  };
}

function outsidePlans({ key, otherPlans, stagePlans, stage }: CanCallInput): Omit<CanCall, "besides"> {
  const inNone = otherPlans.length === 0;
  const where = inNone
    ? "no plan"
    : `${otherPlans.join(", ")}, which ${otherPlans.length === 1 ? "does" : "do"} not cover ${stage.name}`;
  const change =
    stagePlans.length > 0
      ? `Add the key to a plan that covers the stage: ${stagePlans.join(", ")}.`
      : inNone
        ? "No plan covers the stage. Make one that does, and add the key to it."
        : `Add the stage to ${otherPlans.join(" or ")}.`;
  return {
    canCall: false,
    reason: "not-in-plan",
    why: `${key.name} is in ${where}, so the gateway answers 403.`,
    change,
  };
}

function spent(planName: string, quota: { limit: number; isShadow: boolean }): Omit<CanCall, "besides"> {
  if (quota.isShadow) {
    const why = `The quota of ${planName} is used up, but it is in shadow mode and refuses nothing.`;
    return { canCall: true, reason: "admitted", why, change: null };
  }
  return {
    canCall: false,
    reason: "quota-used-up",
    why: `The quota of ${planName} is used up (${quota.limit.toLocaleString("en")} requests), so the gateway answers 429.`,
    change:
      "Wait until the quota starts again, give the key more requests for this period, or raise the quota.",
  };
}

function besides({ stage, method }: CanCallInput): string[] {
  const list: string[] = [];
  if (stage.hasPolicy) list.push("The API's resource policy may refuse the caller.");
  if (method.authorizationType !== "NONE")
    list.push("The method's authorizer has to allow the caller first.");
  if (method.apiKeyRequired && stage.apiKeySource === "AUTHORIZER")
    list.push("The key comes from the authorizer's answer; one in the header x-api-key is not looked at.");
  if (stage.canaryPercent !== null)
    list.push(`The canary serves ${stage.canaryPercent} % of the requests and may ask for something else.`);
  return list;
}
