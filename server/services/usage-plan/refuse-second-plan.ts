import type { Transaction } from "@/server/db/client";
import { ServiceError } from "@/server/domain/errors";

type Ties = { planId: string; keyIds?: string[]; stageIds?: string[] };

/**
 * Throws CONFLICT if one of the keys would be in two plans that cover the same API stage: which limits hold would be
 * undecided (AWS has the same rule). Without `keyIds` or `stageIds` it looks at all that the plan has.
 */
export async function refuseSecondPlan(tx: Transaction, { planId, keyIds, stageIds }: Ties): Promise<void> {
  const ofPlan = { some: { planId } };
  const clash = await tx.usagePlanKey.findFirst({
    where: {
      planId: { not: planId },
      key: keyIds ? { id: { in: keyIds } } : { plans: ofPlan },
      plan: { stages: { some: { stage: stageIds ? { id: { in: stageIds } } : { plans: ofPlan } } } },
    },
    select: {
      key: { select: { id: true, name: true } },
      plan: { select: { id: true, name: true } },
    },
  });
  if (!clash) return;
  throw new ServiceError(
    "CONFLICT",
    `The key ${clash.key.name} is in the plan ${clash.plan.name} already, which covers the same API stage`,
    { details: { keyId: clash.key.id, planId: clash.plan.id } },
  );
}
