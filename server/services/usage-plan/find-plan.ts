import { database, type Prisma, type Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";

const asc = "asc" as const;

export const PLAN_PARTS = {
  _count: { select: { keys: true } },
  stages: {
    // The stages of APIs in the trash stay attached, unseen, for the day they are restored.
    where: { stage: { api: { deletedAt: null } } },
    orderBy: [{ stage: { api: { name: asc } } }, { stage: { name: asc } }],
    select: {
      throttle: true,
      stage: { select: { id: true, name: true, apiId: true, api: { select: { name: true } } } },
    },
  },
} satisfies Prisma.UsagePlanInclude;

/** A usage plan of the actor's workspace with what it covers; NOT_FOUND otherwise. */
export async function findPlan(actor: Actor, planId: string, tx: Transaction = database()) {
  const row = await tx.usagePlan.findFirst({
    where: { id: planId, workspaceId: actor.workspaceId },
    include: PLAN_PARTS,
  });
  if (!row) throw new ServiceError("NOT_FOUND", "There is no such usage plan");
  return row;
}

export type PlanRow = Awaited<ReturnType<typeof findPlan>>;

/** Plans, keys and stages of a workspace are tied to each other one at a time, so that rules across them hold. */
export async function lockPlanTies(tx: Transaction, actor: Actor): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext(${`plan-ties/${actor.workspaceId}`}))`;
}
