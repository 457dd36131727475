import { database } from "@/server/db/client";
import { apiKeyBox } from "@/server/db/secret-box";
import type { Actor } from "@/server/domain/actor";
import { can } from "@/server/domain/permissions";
import { authorize } from "@/server/services/authorize";

export type KeyRecord = {
  id: string;
  name: string;
  description: string;
  customerId: string | null;
  enabled: boolean;
  createdAt: Date;
  updatedAt: Date;
};

type Filter = { id?: string; namePrefix?: string; customerId?: string; planId?: string };

const FIELDS = {
  id: true,
  name: true,
  description: true,
  customerId: true,
  enabled: true,
  createdAt: true,
  updatedAt: true,
} as const;

/** Every API key that fits, newest first, without values. `namePrefix` is case-sensitive, as AWS has it. */
export async function readKeys(actor: Actor, filter: Filter = {}): Promise<KeyRecord[]> {
  authorize(actor, "key:read");
  const { id, namePrefix, customerId, planId } = filter;
  const rows = await database().apiKey.findMany({
    where: {
      workspaceId: actor.workspaceId,
      id,
      customerId,
      ...(planId === undefined ? {} : { plans: { some: { planId } } }),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: FIELDS,
  });
  // Here and not in SQL, whose LIKE has wildcards of its own.
  return rows.filter(({ name }) => namePrefix === undefined || name.startsWith(namePrefix));
}

/**
 * The values of API keys by id, for who may change keys; nothing for others. Keys from before values were kept, or
 * sealed under another instance's secret, are missing.
 */
export async function readKeyValues(actor: Actor, ids: readonly string[]): Promise<Map<string, string>> {
  authorize(actor, "key:read");
  if (!can(actor.role, "key:write")) return new Map();
  const rows = await database().apiKey.findMany({
    where: { workspaceId: actor.workspaceId, id: { in: [...ids] }, valueCipher: { not: null } },
    select: { id: true, valueCipher: true },
  });
  const box = apiKeyBox();
  const opened = rows.map(({ id, valueCipher }) => [id, box.open(valueCipher ?? "", id)] as const);
  return new Map(opened.filter((entry): entry is [string, string] => entry[1] !== null));
}
