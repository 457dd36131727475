import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";

export type FunctionEndpointView = {
  /** "" is AWS itself. */
  url: string;
  region: string;
  /** "": calls go unsigned. */
  accessKeyId: string;
  hasSecret: boolean;
  updatedAt: Date;
};

/** Where the workspace's functions run; null if nothing was set. Never the secret. */
export async function getFunctionEndpoint(actor: Actor): Promise<FunctionEndpointView | null> {
  authorize(actor, "token:read");
  const row = await database().functionEndpoint.findUnique({ where: { workspaceId: actor.workspaceId } });
  if (!row) return null;
  const { url, region, accessKeyId, secretCipher, updatedAt } = row;
  return { url, region, accessKeyId, hasSecret: secretCipher !== "", updatedAt };
}
