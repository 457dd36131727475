import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import type { Role } from "@/server/domain/permissions";
import { authorize } from "@/server/services/authorize";
import type { IamPolicy } from "./iam-policy";

export type AccessKeyView = {
  id: string;
  name: string;
  role: Role;
  policy: IamPolicy | null;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};

/** Access keys, newest first, revoked ones included; never their secrets. */
export async function listAccessKeys(actor: Actor): Promise<AccessKeyView[]> {
  authorize(actor, "token:read");
  const rows = await database().accessKey.findMany({
    where: { workspaceId: actor.workspaceId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    omit: { secretCipher: true, workspaceId: true },
  });
  return rows.map((row) => ({ ...row, policy: row.policy as IamPolicy | null }));
}
