import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { type Page, pageOf } from "@/server/services/page";
import { sha256 } from "@/server/toolkit/sha256";
import { findKey, KEY_PARTS, type KeyRow } from "./find-key";
import { type KeyView, keyViews } from "./key-view";

const DEFAULT_LIMIT = 50;

/**
 * API keys, newest first. `search` finds part of the name or of the customer, an id, the last four characters, or the
 * whole value (of which only the hash is kept, so part of it cannot be found).
 */
export async function listKeys(
  actor: Actor,
  input: { search?: string; planId?: string; cursor?: string; limit?: number },
  now: Date = new Date(),
): Promise<Page<KeyView>> {
  authorize(actor, "key:read");
  const limit = input.limit ?? DEFAULT_LIMIT;
  const rows: KeyRow[] = await database().apiKey.findMany({
    where: {
      workspaceId: actor.workspaceId,
      ...(input.planId ? { plans: { some: { planId: input.planId } } } : {}),
      ...(await after(actor, input.cursor)),
      ...matching(input.search?.trim()),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit + 1,
    include: KEY_PARTS,
  });
  const page = pageOf(rows, limit, { item: (row) => row, cursor: (row) => row.id });
  return { items: await keyViews(page.items, now), nextCursor: page.nextCursor };
}

/** One API key. */
export async function getKey(
  actor: Actor,
  input: { keyId: string },
  now: Date = new Date(),
): Promise<KeyView> {
  authorize(actor, "key:read");
  const [view] = await keyViews([await findKey(actor, input.keyId)], now);
  return view as KeyView;
}

async function after(actor: Actor, cursor: string | undefined) {
  if (!cursor) return {};
  const last = await findKey(actor, cursor);
  return {
    AND: [
      { OR: [{ createdAt: { lt: last.createdAt } }, { createdAt: last.createdAt, id: { lt: last.id } }] },
    ],
  };
}

function matching(search: string | undefined) {
  if (!search) return {};
  const contains = { contains: likeText(search), mode: "insensitive" as const };
  return {
    OR: [
      { name: contains },
      { customerId: contains },
      { id: search },
      { valueHint: search },
      { valueHash: sha256(search) },
    ],
  };
}

/** Prisma hands the text to LIKE as it is: its wildcards are to be found as themselves. */
function likeText(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
