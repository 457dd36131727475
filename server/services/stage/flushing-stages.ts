import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { requireApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { aliveSince } from "@/server/services/node/alive-since";

/** The stages of an API whose caches are being flushed: not every gateway that is alive has done it. */
export async function flushingStages(actor: Actor, input: { apiId: string }): Promise<ReadonlySet<string>> {
  authorize(actor, "api:read");
  const api = await requireApi(actor, input.apiId);
  const slowest = await database().gatewayNode.findFirst({
    where: { seenAt: { gte: aliveSince() } },
    orderBy: { cursor: "asc" },
    select: { cursor: true },
  });
  if (!slowest) return new Set();
  const start = `${api.id}/`;
  const pending = await database().configChange.findMany({
    where: { id: { gt: slowest.cursor }, kind: "response-cache", subject: { startsWith: start } },
    select: { subject: true },
  });
  return new Set(pending.map(({ subject }) => subject.slice(start.length)));
}
