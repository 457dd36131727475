import type { PatchOperation } from "@/server/aws/call";
import { badRequest, notFound } from "@/server/aws/protocol/aws-error";
import { pointerSegments } from "./apply-patch";

export type PlanThrottle = { burstLimit: number; rateLimit: number };
export type PlanQuota = { limit?: number; offset: number; period?: string };

/** A usage plan as UpdateUsagePlan changes it. Stages are keyed `apiId:stage`, method throttles `/pets/GET`. */
export type UsagePlanState = {
  id: string;
  name: string;
  description: string;
  productCode: string | null;
  throttle: PlanThrottle | null;
  quota: PlanQuota | null;
  apiStages: Record<string, Record<string, PlanThrottle>>;
};

type Step = { op: string; path: string; value: string | undefined };

/** A copy of the plan with the operations applied in their order (paths: API reference; wording as recorded). */
export function patchUsagePlan(
  before: UsagePlanState,
  operations: readonly PatchOperation[] = [],
): UsagePlanState {
  const plan = structuredClone(before);
  for (const { op = "", path, value } of operations) {
    if (path === undefined) throw badRequest("Invalid patch path null");
    const [first = "", ...rest] = pointerSegments(path);
    const step = { op, path, value };
    if (first === "apiStages") patchStages(plan, rest, step);
    else if (first === "throttle") patchThrottle(plan, rest, step);
    else if (first === "quota") patchQuota(plan, rest, step);
    else if ((first === "name" || first === "description") && rest.length === 0) plan[first] = value ?? "";
    else if (first === "productCode" && rest.length === 0)
      plan.productCode = op === "remove" ? null : value || null;
    else throw badRequest(`Invalid patch path ${path}`);
  }
  return plan;
}

function patchStages(plan: UsagePlanState, [key, field, ...method]: string[], step: Step): void {
  const { op, path, value } = step;
  if (key === undefined) {
    const name = stageName(value);
    if (op === "add") plan.apiStages[name] ??= {};
    else if (op === "remove") {
      requireStage(plan, name);
      delete plan.apiStages[name];
    } else throw badRequest(`Invalid patch path ${path}`);
    return;
  }
  const throttles = requireStage(plan, stageName(key));
  if (field !== "throttle") throw badRequest(`Invalid patch path ${path}`);
  if (method.length === 0) {
    plan.apiStages[key] = op === "remove" ? {} : throttlesOf(value);
    return;
  }
  const limit = method.at(-1);
  const isLimit = limit === "rateLimit" || limit === "burstLimit";
  // The path of the method may come with its slashes as they are.
  const name = `/${(isLimit ? method.slice(0, -1) : method).join("/")}`.replace(/^\/(?=\/)/, "");
  if (!isLimit && op === "remove") delete throttles[name];
  else if (!isLimit) throw badRequest(`Invalid patch path ${path}`);
  else throttles[name] = { ...(throttles[name] ?? { burstLimit: 0, rateLimit: 0 }), [limit]: numberOf(step) };
}

function patchThrottle(plan: UsagePlanState, [limit, ...more]: string[], step: Step): void {
  if (limit === undefined && step.op === "remove") plan.throttle = null;
  else if ((limit === "rateLimit" || limit === "burstLimit") && more.length === 0 && step.op !== "remove") {
    plan.throttle = { ...(plan.throttle ?? { burstLimit: 0, rateLimit: 0 }), [limit]: numberOf(step) };
  } else throw badRequest(`Invalid patch path ${step.path}`);
}

function patchQuota(plan: UsagePlanState, [field, ...more]: string[], step: Step): void {
  if (field === undefined && step.op === "remove") plan.quota = null;
  else if (more.length > 0 || step.op === "remove") throw badRequest(`Invalid patch path ${step.path}`);
  else if (field === "limit" || field === "offset") {
    plan.quota = { ...(plan.quota ?? { offset: 0 }), [field]: numberOf(step) };
  } else if (field === "period") plan.quota = { ...(plan.quota ?? { offset: 0 }), period: step.value };
  else throw badRequest(`Invalid patch path ${step.path}`);
}

/** `apiId:stage`. */
function stageName(value: string | undefined): string {
  if (!value || !/^[^:]+:[^:]+$/.test(value)) throw badRequest("Invalid API Stage specified");
  return value;
}

function requireStage(plan: UsagePlanState, name: string): Record<string, PlanThrottle> {
  const throttles = Object.hasOwn(plan.apiStages, name) ? plan.apiStages[name] : undefined;
  if (!throttles) throw unknownStage(plan.id, name);
  return throttles;
}

export function unknownStage(planId: string, name: string) {
  const [api, stage] = name.split(":");
  return notFound(`Invalid API Stage {api: ${api}, stage: ${stage}} specified for usageplan ${planId}`);
}

/** Method throttles as JSON in a text, which the command line's users quote twice. */
function throttlesOf(value: string | undefined): Record<string, PlanThrottle> {
  try {
    const once: unknown = JSON.parse(value ?? "");
    return (typeof once === "string" ? JSON.parse(once) : once) as Record<string, PlanThrottle>;
  } catch {
    throw badRequest("Invalid throttle specified");
  }
}

function numberOf({ value, path }: Step): number {
  const number = Number(value);
  if (value === undefined || value.trim() === "" || Number.isNaN(number)) {
    throw badRequest(`Invalid patch value for ${path}`);
  }
  return number;
}
