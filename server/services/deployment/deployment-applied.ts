import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { authorize } from "@/server/services/authorize";
import { aliveSince } from "@/server/services/node/alive-since";
import { gatewaysOf } from "@/server/services/node/gateways-of";

/** How many of the gateways that are alive have taken a change in. */
export async function deploymentApplied(
  actor: Actor,
  input: { configChangeId: string },
): Promise<{ nodes: number; applied: number }> {
  authorize(actor, "api:read");
  if (!/^\d{1,18}$/.test(input.configChangeId)) {
    throw new ServiceError("INVALID", "That is no id of a change", { fieldPath: "configChangeId" });
  }
  const alive = aliveSince();
  const rows = await database().gatewayNode.findMany({
    where: { seenAt: { gte: alive } },
  });
  const id = BigInt(input.configChangeId);
  const gateways = gatewaysOf(rows, alive);
  return { nodes: gateways.length, applied: gateways.filter(({ cursor }) => cursor >= id).length };
}
