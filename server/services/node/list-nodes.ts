import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { aliveSince } from "./alive-since";
import { gatewaysOf } from "./gateways-of";

export type NodeView = {
  id: string;
  address: string;
  startedAt: Date;
  seenAt: Date;
  isAlive: boolean;
  /** Processes that serve. */
  workers: number;
  cursor: string;
  /** Configuration changes that it has not taken in yet. */
  behind: number;
  /** Snapshots it refused, with the reason; it goes on serving what it had. */
  rejected: unknown;
  /** Spans of its requests go to a collector. */
  exportsTraces: boolean;
};

const FORGOTTEN_MS = 24 * 60 * 60 * 1000;

/** The gateways of the last day, the youngest report first. */
export async function listNodes(actor: Actor): Promise<NodeView[]> {
  authorize(actor, "metrics:read");
  const now = new Date();
  const rows = await database().gatewayNode.findMany({
    where: { seenAt: { gte: new Date(now.getTime() - FORGOTTEN_MS) } },
    orderBy: { seenAt: "desc" },
  });
  const newest = await database().configChange.findFirst({ orderBy: { id: "desc" }, select: { id: true } });
  return Promise.all(
    gatewaysOf(rows, aliveSince(now)).map(async ({ cursor, ...gateway }) => ({
      ...gateway,
      cursor: String(cursor),
      behind:
        newest && cursor < newest.id
          ? await database().configChange.count({ where: { id: { gt: cursor } } })
          : 0,
    })),
  );
}
