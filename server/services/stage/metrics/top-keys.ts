import { database } from "@/server/db/client";
import { type KeySums, readTopKeys } from "@/server/db/metric-reads";
import type { Actor } from "@/server/domain/actor";
import { requireApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { keySteps, type MetricRange } from "./metric-range";

export type TopKeys = {
  keys: (KeySums & {
    /** "" for keys beyond those that a gateway names in an hour. */
    planId: string;
    keyId: string;
    /** Null: deleted since, or other keys. */
    planName: string | null;
    keyName: string | null;
  })[];
  /** How many there are; the list has the first hundred. */
  count: number;
};

const MOST = 100;

/** The keys with the most requests to an API, with the plan they came through. */
export async function topKeys(
  actor: Actor,
  { apiId, range, stage = null }: { apiId: string; range: MetricRange; stage?: string | null },
  now: Date = new Date(),
): Promise<TopKeys> {
  authorize(actor, "metrics:read");
  await requireApi(actor, apiId);
  const scope = { apiId, stage, planId: null, keyId: null, ...keySteps(range, now.getTime()) };
  const rows = await readTopKeys(database(), scope, MOST);
  const { workspaceId } = actor;
  const named = (ids: string[]) => ({
    where: { workspaceId, id: { in: ids } },
    select: { id: true, name: true },
  });
  const [plans, keys] = await Promise.all([
    database().usagePlan.findMany(named(rows.map(({ planId }) => planId))),
    database().apiKey.findMany(named(rows.map(({ keyId }) => keyId))),
  ]);
  const planNames = new Map(plans.map(({ id, name }) => [id, name]));
  const keyNames = new Map(keys.map(({ id, name }) => [id, name]));
  return {
    keys: rows.map(({ keys: _, ...row }) => ({
      ...row,
      planName: planNames.get(row.planId) ?? null,
      keyName: keyNames.get(row.keyId) ?? null,
    })),
    count: rows[0]?.keys ?? 0,
  };
}
