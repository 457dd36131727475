import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";

/** The ids of the plans a key is in; none for a key that is not there. */
export async function plansOfKey(actor: Actor, { keyId }: { keyId: string }): Promise<Set<string>> {
  authorize(actor, "plan:read");
  const ties = await database().usagePlanKey.findMany({
    where: { keyId, key: { workspaceId: actor.workspaceId } },
    select: { planId: true },
  });
  return new Set(ties.map(({ planId }) => planId));
}
