import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { importApi } from "@/server/services/api/import-api";
import { createKey } from "@/server/services/api-key/create-key";
import { createDeployment } from "@/server/services/deployment/create-deployment";
import { attachStage } from "@/server/services/usage-plan/attach-stage";
import { createPlan } from "@/server/services/usage-plan/create-plan";
import { sha256 } from "@/server/toolkit/sha256";

export type SampleSeed = {
  /** The sample API as OpenAPI with extensions. */
  source: string;
  filename: string;
  /** `host:port` of the demo backend: the stage variable `backend`. */
  backend: string;
  keyValue: string;
};

const API_NAME = "Pet store";
const STAGE = "dev";
const PLANS = [
  {
    name: "Free",
    description: "To try things out",
    throttle: { rateLimit: 5, burstLimit: 10 },
    quota: { limit: 1_000, period: "DAY" as const },
  },
  {
    name: "Pro",
    description: "For applications in production",
    throttle: { rateLimit: 100, burstLimit: 200 },
    quota: { limit: 1_000_000, period: "MONTH" as const },
  },
];

/**
 * Puts the sample API in, deployed and with plans and a key. Every step is left out if an interrupted run before made
 * it already.
 */
export async function seedSample(actor: Actor, seed: SampleSeed): Promise<void> {
  const apiId = (await findSampleApi(actor)) ?? (await importApi(actor, seed)).apiId;
  await ensureStage(actor, apiId, seed.backend);
  const planIds: string[] = [];
  for (const plan of PLANS) {
    const planId = (await findPlanByName(actor, plan.name)) ?? (await createPlan(actor, plan)).planId;
    await attachStage(actor, { planId, apiId, stageName: STAGE });
    planIds.push(planId);
  }
  const key = await database().apiKey.findUnique({ where: { valueHash: sha256(seed.keyValue) } });
  if (!key) {
    await createKey(actor, {
      name: "Sample key",
      description: "Made with the sample API",
      planIds: planIds.slice(0, 1),
      value: seed.keyValue,
    });
  }
}

async function findSampleApi(actor: Actor): Promise<string | undefined> {
  const api = await database().api.findFirst({
    where: { workspaceId: actor.workspaceId, name: API_NAME, deletedAt: null },
    select: { id: true },
  });
  return api?.id;
}

async function findPlanByName(actor: Actor, name: string): Promise<string | undefined> {
  const plan = await database().usagePlan.findFirst({
    where: { workspaceId: actor.workspaceId, name },
    select: { id: true },
  });
  return plan?.id;
}

async function ensureStage(actor: Actor, apiId: string, backend: string): Promise<void> {
  const present = await database().stage.count({ where: { apiId, name: STAGE } });
  if (present > 0) return;
  const { revision } = await database().api.findUniqueOrThrow({ where: { id: apiId } });
  await createDeployment(actor, {
    apiId,
    stageName: STAGE,
    description: "The sample as it comes",
    revision,
    variables: { backend },
  });
}
