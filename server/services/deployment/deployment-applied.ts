import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { authorize } from "@/server/services/authorize";
import { aliveSince } from "@/server/services/node/alive-since";

/** How many of the gateways that are alive have taken a change in. */
export async function deploymentApplied(
  actor: Actor,
  input: { configChangeId: string },
): Promise<{ nodes: number; applied: number }> {
  authorize(actor, "api:read");
  if (!/^\d{1,18}$/.test(input.configChangeId)) {
    throw new ServiceError("INVALID", "That is no id of a change", { fieldPath: "configChangeId" });
  }
  const rows = await database().gatewayNode.findMany({
    where: { seenAt: { gte: aliveSince() } },
    select: { cursor: true },
  });
  const id = BigInt(input.configChangeId);
  return { nodes: rows.length, applied: rows.filter((row) => row.cursor >= id).length };
}
