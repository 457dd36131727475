import { recordConfigChange } from "@/server/db/notify";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { write } from "@/server/services/write";
import { runningQuota } from "./running-quota";

/**
 * Gives a key `more` requests in the period that runs now, with a reason; the next one begins as always. What it used
 * beyond the quota is forgiven first, so that all of `more` can be used.
 */
export async function extendQuota(
  actor: Actor,
  input: { planId: string; keyId: string; more: number; reason: string },
  now: Date = new Date(),
): Promise<{ configChangeId: string; remaining: number }> {
  authorize(actor, "key:extend");
  return write(actor, async (tx, emit) => {
    const { planId, keyId } = input;
    const { plan, key, where, startMs, limit } = await runningQuota(tx, actor, { planId, keyId, now });
    // One statement: gateways add to the counter meanwhile.
    const [row] = await tx.$queryRaw<{ used: bigint }[]>`
      insert into "UsageCounter" ("planId", "keyId", "periodStart", used, "updatedAt")
      values (${plan.id}, ${key.id}, ${new Date(startMs)}, ${-input.more}, ${now})
      on conflict ("planId", "keyId", "periodStart") do update
      set used = least("UsageCounter".used, ${limit}) - ${input.more}, "updatedAt" = ${now}
      returning used`;
    const remaining = limit - Number(row?.used ?? 0);
    const change = await recordConfigChange(tx, { kind: "usage", subject: `${plan.id}/${key.id}` });
    await emit({
      type: "usage-plan.quota-extended",
      subject: plan.name,
      detail: { ...where, key: key.name, more: input.more, remaining, reason: input.reason },
    });
    return { configChangeId: String(change), remaining };
  });
}
