import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { runningQuota } from "./running-quota";

/**
 * Says how many requests a key may still make in the period that runs now; the next one begins as always. The counter
 * is set (below zero where more than the quota is left) and the data planes take it over with a configuration change.
 */
export async function setRemaining(
  actor: Actor,
  input: { planId: string; keyId: string; remaining: number },
  now: Date = new Date(),
): Promise<{ configChangeId: string }> {
  authorize(actor, "key:write");
  return write(actor, async (tx, emit) => {
    const { planId, keyId } = input;
    const { plan, key, where, startMs, limit } = await runningQuota(tx, actor, { planId, keyId, now });
    const used = BigInt(limit - input.remaining);
    const periodStart = new Date(startMs);
    await tx.usageCounter.upsert({
      where: { planId_keyId_periodStart: { ...where, periodStart } },
      create: { ...where, periodStart, used },
      update: { used, updatedAt: now },
    });
    const change = await recordConfigChange(tx, { kind: "usage", subject: `${plan.id}/${key.id}` });
    await emit({
      type: "usage-plan.quota-extended",
      subject: plan.name,
      detail: { ...where, key: key.name, remaining: input.remaining },
    });
    return { configChangeId: String(change) };
  });
}
