import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { type CanCall, canCall } from "@/server/domain/limits/can-call";
import { methodRoutes } from "@/server/domain/stage/method-routes";
import { authorize } from "@/server/services/authorize";
import { findDeployment } from "@/server/services/deployment/find-deployment";
import { findStage } from "@/server/services/stage/find-stage";
import { planQuota } from "@/server/services/usage-plan/plan-view";
import { type QuotaState, quotaStates } from "@/server/services/usage-plan/quota-state";
import { findKey } from "./find-key";

export type CanCallAnswer = CanCall & {
  /** The plan whose limits hold, if any. */
  plan: { id: string; name: string; quota: QuotaState | null } | null;
};

/** Whether a key opens a method of what a stage serves now. `method` is its name in plans: `/pets/{petId}/GET`. */
export async function checkCall(
  actor: Actor,
  input: { keyId: string; apiId: string; stageName: string; method: string },
  now: Date = new Date(),
): Promise<CanCallAnswer> {
  authorize(actor, "key:read");
  const key = await findKey(actor, input.keyId);
  const stage = await findStage(actor, input);
  const { definition } = await findDeployment(actor, stage);
  const route = methodRoutes(definition).find(({ planKey }) => planKey === input.method);
  if (!route) throw new ServiceError("NOT_FOUND", "The stage serves no such method");
  const [ties, stagePlans] = await Promise.all([
    database().usagePlanKey.findMany({
      where: { keyId: key.id },
      include: { plan: { include: { stages: { where: { stageId: stage.id } } } } },
    }),
    database().usagePlan.findMany({
      where: { workspaceId: actor.workspaceId, stages: { some: { stageId: stage.id } } },
      orderBy: { name: "asc" },
      select: { name: true },
    }),
  ]);
  const covering = ties.find(({ plan }) => plan.stages.length > 0);
  const quota = covering ? planQuota(covering.plan) : null;
  const [state] =
    covering && quota
      ? await quotaStates(
          [{ planId: covering.planId, keyId: key.id, joinedAt: covering.createdAt, quota }],
          now,
        )
      : [];
  const plan = covering ? { id: covering.plan.id, name: covering.plan.name, quota: state ?? null } : null;
  const verdict = canCall({
    key,
    plan: plan && {
      name: plan.name,
      quota: plan.quota && { ...plan.quota, isShadow: quota?.shadow ?? false },
    },
    otherPlans: ties.filter((tie) => tie !== covering).map((tie) => tie.plan.name),
    stagePlans: stagePlans.map(({ name }) => name),
    stage: {
      name: stage.name,
      apiKeySource: definition.apiKeySource,
      hasPolicy: definition.policy !== null,
      canaryPercent: stage.config.canary?.percentTraffic ?? null,
    },
    method: {
      label: `${route.httpMethod} ${route.path}`,
      apiKeyRequired: route.apiKeyRequired,
      authorizationType: route.authorizationType,
    },
  });
  return { ...verdict, plan };
}
