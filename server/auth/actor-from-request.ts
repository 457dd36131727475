import { timingSafeEqual } from "node:crypto";
import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { environment } from "@/server/env";
import { sha256 } from "@/server/toolkit/sha256";
import { auth } from "./auth";
import { isForeignOrigin } from "./foreign-origin";

const LAST_USED_STEP_MS = 60_000;

/** Who is calling: a machine by its bearer token, else a person by their session cookie, else nobody. */
export async function actorFromRequest(headers: Headers): Promise<Actor | null> {
  const authorization = headers.get("authorization");
  // A wrong token is not replaced by a cookie: who sends a token means the token.
  if (authorization !== null) {
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
    return token ? actorOfToken(token) : null;
  }
  if (!headers.get("cookie") || isForeignOrigin(headers)) return null;
  const session = await auth().api.getSession({ headers });
  return session ? actorOfUser(session.user) : null;
}

/** The person as a member of their workspace; null for somebody who was removed from it. */
export async function actorOfUser(user: { id: string; name: string }): Promise<Actor | null> {
  const membership = await database().membership.findFirst({
    where: { userId: user.id },
    orderBy: { createdAt: "asc" },
  });
  if (!membership) return null;
  const { workspaceId, role } = membership;
  return { userId: user.id, name: user.name, workspaceId, role, channel: "console" };
}

async function actorOfToken(token: string): Promise<Actor | null> {
  const hash = sha256(token);
  if (isLocalCli(hash)) return localCliActor();
  const found = await database().machineToken.findUnique({ where: { tokenHash: hash } });
  if (!found || found.revokedAt) return null;
  const now = new Date();
  if (now.getTime() - (found.lastUsedAt?.getTime() ?? 0) > LAST_USED_STEP_MS) {
    await database().machineToken.updateMany({ where: { id: found.id }, data: { lastUsedAt: now } });
  }
  return { userId: null, name: found.name, workspaceId: found.workspaceId, role: found.role, channel: "cli" };
}

/** The command line on the same machine, whose token the launcher keeps in the data folder. */
function isLocalCli(hash: string): boolean {
  const expected = environment().cliTokenHash;
  return expected !== undefined && timingSafeEqual(Buffer.from(hash), Buffer.from(expected.toLowerCase()));
}

async function localCliActor(): Promise<Actor | null> {
  const workspace = await database().workspace.findFirst({ orderBy: { createdAt: "asc" } });
  if (!workspace) return null;
  return { userId: null, name: "Local CLI", workspaceId: workspace.id, role: "owner", channel: "cli" };
}
