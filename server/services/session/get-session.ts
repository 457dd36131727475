import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { PERMISSIONS_OF, type Permission, type Role } from "@/server/domain/permissions";
import { gatewayUrl } from "@/server/services/stage/invoke-urls";
import packageJson from "../../../package.json";

export type SessionView = {
  /** Null for a machine. */
  user: { id: string; name: string; email: string } | null;
  role: Role;
  permissions: Permission[];
  workspace: { id: string; name: string };
  /** Where the gateway is reached, without a slash at the end. */
  gatewayUrl: string;
  version: string;
};

/** Who is signed in, what they may do, and where things are. */
export async function getSession(actor: Actor): Promise<SessionView> {
  const [workspace, user] = await Promise.all([
    database().workspace.findUniqueOrThrow({
      where: { id: actor.workspaceId },
      select: { id: true, name: true },
    }),
    actor.userId
      ? database().user.findUnique({
          where: { id: actor.userId },
          select: { id: true, name: true, email: true },
        })
      : null,
  ]);
  return {
    user,
    role: actor.role,
    permissions: [...PERMISSIONS_OF[actor.role]],
    workspace,
    gatewayUrl: gatewayUrl(),
    version: packageJson.version,
  };
}
