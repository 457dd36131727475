import { database } from "@/server/db/client";
import { planQuota } from "@/server/services/usage-plan/plan-view";
import { type QuotaState, quotaStates } from "@/server/services/usage-plan/quota-state";
import { firstDay } from "@/server/services/usage-plan/usage-days";
import type { KeyRow } from "./find-key";

export type KeyView = {
  id: string;
  name: string;
  description: string;
  customerId: string | null;
  enabled: boolean;
  /** The last four characters of the value. */
  valueHint: string;
  plans: { id: string; name: string }[];
  actorName: string;
  createdAt: Date;
  updatedAt: Date;
  /** Admitted requests of this UTC day, over all plans. */
  usedToday: number;
  /** Of the plan whose quota is nearest to its end; null if no plan has one. */
  quota: QuotaState | null;
};

/** Keys as the console shows them, with their usage, in two queries for all. */
export async function keyViews(rows: readonly KeyRow[], now: Date): Promise<KeyView[]> {
  const today = await database().usageDay.groupBy({
    by: ["keyId"],
    where: { keyId: { in: rows.map((row) => row.id) }, day: firstDay(1, now) },
    _sum: { count: true },
  });
  const usedToday = new Map(today.map((row) => [row.keyId, Number(row._sum.count ?? 0)]));
  const quotas = await quotasOf(rows, now);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    description: row.description,
    customerId: row.customerId,
    enabled: row.enabled,
    valueHint: row.valueHint,
    plans: row.plans.map(({ plan: { id, name } }) => ({ id, name })),
    actorName: row.actorName,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    usedToday: usedToday.get(row.id) ?? 0,
    quota: quotas.get(row.id) ?? null,
  }));
}

async function quotasOf(rows: readonly KeyRow[], now: Date): Promise<Map<string, QuotaState>> {
  const ties = rows.flatMap((row) =>
    row.plans.flatMap(({ plan, createdAt }) => {
      const quota = planQuota(plan);
      return quota ? [{ planId: plan.id, keyId: row.id, joinedAt: createdAt, quota }] : [];
    }),
  );
  const states = await quotaStates(ties, now);
  const nearest = new Map<string, QuotaState>();
  ties.forEach(({ keyId }, index) => {
    const state = states[index] as QuotaState;
    const known = nearest.get(keyId);
    if (!known || left(state) < left(known)) nearest.set(keyId, state);
  });
  return nearest;
}

function left(state: QuotaState): number {
  return state.limit - state.used;
}
