import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import type { Permission } from "@/server/domain/permissions";
import { authorize } from "@/server/services/authorize";

/** What is kept for AWS's clients without a meaning of its own here, with who may read and change it. */
export const STORED_KINDS = {
  account: ["api:read", "api:write"],
  "api-extras": ["api:read", "api:write"],
  "api-key-extras": ["key:read", "key:write"],
  "base-path-mapping": ["api:read", "api:write"],
  "client-certificate": ["api:read", "api:write"],
  "documentation-version": ["api:read", "api:write"],
  "domain-name": ["api:read", "api:write"],
  "domain-name-access-association": ["api:read", "api:write"],
  "model-extras": ["api:read", "api:write"],
  "stage-extras": ["api:read", "stage:write"],
  tags: ["api:read", "api:write"],
  "usage-plan-extras": ["plan:read", "plan:write"],
  "vpc-link": ["api:read", "api:write"],
} as const satisfies Record<string, readonly [read: Permission, write: Permission]>;
export type StoredKind = keyof typeof STORED_KINDS;

/** `parentId` is what it belongs to, such as a domain name; "" is nothing. */
export type StoredKey = { kind: StoredKind; parentId?: string; id: string };
export type StoredDocument = Record<string, unknown>;
export type Stored = { id: string; document: StoredDocument; createdAt: Date; updatedAt: Date };

const FIELDS = { id: true, document: true, createdAt: true, updatedAt: true } as const;

/** One document; null if there is none. */
export async function getStored(actor: Actor, key: StoredKey): Promise<Stored | null> {
  authorize(actor, STORED_KINDS[key.kind][0]);
  const row = await database().storedResource.findUnique({ where: storedWhere(actor, key), select: FIELDS });
  return row && { ...row, document: row.document as StoredDocument };
}

/** The documents of a kind, oldest first. */
export async function listStored(
  actor: Actor,
  { kind, parentId }: { kind: StoredKind; parentId?: string },
): Promise<Stored[]> {
  authorize(actor, STORED_KINDS[kind][0]);
  const rows = await database().storedResource.findMany({
    where: { workspaceId: actor.workspaceId, kind, ...(parentId === undefined ? {} : { parentId }) },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: FIELDS,
  });
  return rows.map((row) => ({ ...row, document: row.document as StoredDocument }));
}

/** Where a document is, in Prisma's words. */
export function storedWhere(actor: Actor, { kind, parentId = "", id }: StoredKey) {
  return { workspaceId_kind_parentId_id: { workspaceId: actor.workspaceId, kind, parentId, id } };
}
