import { type Call, type Handlers, handler, type PageInput, type PatchInput } from "@/server/aws/call";
import {
  type PlanThrottle,
  patchUsagePlan,
  type UsagePlanState,
  unknownStage,
} from "@/server/aws/patch/usage-plan-patch";
import { badRequest, notFound } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import { readTags, type Tags, writeTags } from "@/server/aws/stored-tags";
import { present } from "@/server/aws/views/present";
import { ServiceError } from "@/server/domain/errors";
import type { Quota, Throttle } from "@/server/gateway/snapshot/usage-plan";
import { deleteStored, putStored } from "@/server/services/stored-resource/change-stored";
import { getStored, type StoredKey } from "@/server/services/stored-resource/stored-resource";
import { attachStage, detachStage } from "@/server/services/usage-plan/attach-stage";
import { createPlan } from "@/server/services/usage-plan/create-plan";
import { deletePlan } from "@/server/services/usage-plan/delete-plan";
import { getPlan, listPlans } from "@/server/services/usage-plan/list-plans";
import type { PlanView } from "@/server/services/usage-plan/plan-view";
import { plansOfKey } from "@/server/services/usage-plan/plans-of-key";
import { updatePlan } from "@/server/services/usage-plan/update-plan";

type PlanInput = { usagePlanId: string };
type ApiStage = { apiId?: string; stage?: string; throttle?: Record<string, Partial<PlanThrottle>> };
type CreateInput = {
  name: string;
  description?: string;
  apiStages?: ApiStage[];
  throttle?: Partial<Throttle>;
  quota?: Partial<Quota>;
  tags?: Tags;
};

export const usagePlanHandlers: Handlers = {
  CreateUsagePlan: handler<CreateInput>(async (call) => {
    const { name, description, apiStages = [], throttle, quota, tags } = call.input;
    const { planId } = await createPlan(call.actor, {
      name,
      description,
      throttle: throttle && fullThrottle(throttle),
      quota: quota && (quota as Quota),
    });
    for (const { apiId, stage, throttle: methods = {} } of apiStages) {
      if (!apiId || !stage) throw badRequest("Invalid API Stage specified");
      const throttles = Object.entries(methods).map(([method, limits]) => [method, fullThrottle(limits)]);
      await coverStage(call, planId, { name: `${apiId}:${stage}`, throttle: Object.fromEntries(throttles) });
    }
    await writeTags(call, tagPath(planId), tags);
    return planView(await getPlan(call.actor, { planId }), { tags: present(tags) });
  }),

  GetUsagePlans: handler<PageInput & { keyId?: string }>(async (call) => {
    const { keyId } = call.input;
    const plans = await listPlans(call.actor);
    const ofKey = keyId === undefined ? null : await plansOfKey(call.actor, { keyId });
    const shown = ofKey ? plans.filter(({ id }) => ofKey.has(id)) : plans;
    const { item, ...page } = pageOf(shown, call.input);
    return { item: item.map((plan) => planView(plan)), ...page };
  }),

  GetUsagePlan: handler<PlanInput>(async (call) => {
    const plan = await requirePlan(call, call.input.usagePlanId);
    return planView(plan, await beside(call, plan.id));
  }),

  UpdateUsagePlan: handler<PlanInput & PatchInput>(async (call) => {
    const { usagePlanId: planId, patchOperations } = call.input;
    const plan = await requirePlan(call, planId);
    const { productCode } = await beside(call, planId);
    const before = stateOf(plan, productCode);
    const after = patchUsagePlan(before, patchOperations);
    const changes = Object.entries({
      name: after.name,
      description: after.description,
      throttle: after.throttle,
      quota: after.quota,
    }).filter(
      ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field as keyof UsagePlanState]),
    );
    if (changes.length > 0) await updatePlan(call.actor, { planId, changes: Object.fromEntries(changes) });
    for (const name of Object.keys(before.apiStages).filter((one) => !Object.hasOwn(after.apiStages, one))) {
      await detachStage(call.actor, { planId, ...namesOf(name) });
    }
    for (const [name, throttle] of Object.entries(after.apiStages)) {
      if (JSON.stringify(throttle) === JSON.stringify(before.apiStages[name])) continue;
      await coverStage(call, planId, { name, throttle });
    }
    if (after.productCode !== before.productCode) {
      await putStored(call.actor, extrasKey(planId), { productCode: after.productCode });
    }
    return planView(await requirePlan(call, planId), await beside(call, planId));
  }),

  DeleteUsagePlan: handler<PlanInput>(async (call) => {
    const { usagePlanId: planId } = call.input;
    await requirePlan(call, planId);
    await deletePlan(call.actor, { planId });
    await deleteStored(call.actor, extrasKey(planId));
    await writeTags(call, tagPath(planId), {});
  }),
};

const tagPath = (id: string) => `/usageplans/${id}`;
const extrasKey = (id: string): StoredKey => ({ kind: "usage-plan-extras", id });

/** The plan, or AWS's 404. */
export async function requirePlan(call: Call<unknown>, planId: string): Promise<PlanView> {
  try {
    return await getPlan(call.actor, { planId });
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== "NOT_FOUND") throw error;
    throw notFound("Invalid Usage Plan ID specified");
  }
}

async function beside(call: Call<unknown>, id: string): Promise<{ tags: Tags; productCode: string | null }> {
  const [tags, extras] = await Promise.all([
    readTags(call, tagPath(id)),
    getStored(call.actor, extrasKey(id)),
  ]);
  return { tags, productCode: (extras?.document.productCode as string | undefined) ?? null };
}

async function coverStage(
  call: Call<unknown>,
  planId: string,
  { name, throttle }: { name: string; throttle: Record<string, Throttle> },
): Promise<void> {
  try {
    await attachStage(call.actor, { planId, ...namesOf(name), throttle });
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== "NOT_FOUND") throw error;
    throw unknownStage(planId, name);
  }
}

function namesOf(name: string): { apiId: string; stageName: string } {
  const [apiId = "", stageName = ""] = name.split(":");
  return { apiId, stageName };
}

function fullThrottle({ burstLimit = 0, rateLimit = 0 }: Partial<Throttle>): Throttle {
  return { burstLimit, rateLimit };
}

function stateOf(plan: PlanView, productCode: string | null): UsagePlanState {
  const stages = plan.stages.map(({ apiId, stageName, throttle }) => [`${apiId}:${stageName}`, throttle]);
  const { id, name, description, throttle, quota } = plan;
  return { id, name, description, productCode, throttle, quota, apiStages: Object.fromEntries(stages) };
}

/** Shadow and mode are not AWS's. */
function awsThrottle({ rateLimit, burstLimit }: Throttle) {
  return { rateLimit, burstLimit };
}

function awsQuota({ limit, offset, period }: Quota) {
  return { limit, offset, period };
}

function planView(plan: PlanView, more: { tags?: Tags; productCode?: string | null } = {}) {
  return {
    id: plan.id,
    name: plan.name,
    description: present(plan.description),
    apiStages: plan.stages.map(({ apiId, stageName, throttle }) => ({
      apiId,
      stage: stageName,
      throttle: present(
        Object.fromEntries(Object.entries(throttle).map(([method, limits]) => [method, awsThrottle(limits)])),
      ),
    })),
    throttle: plan.throttle ? awsThrottle(plan.throttle) : undefined,
    quota: plan.quota ? awsQuota(plan.quota) : undefined,
    productCode: present(more.productCode),
    tags: more.tags,
  };
}
