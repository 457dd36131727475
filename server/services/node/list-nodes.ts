import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { aliveSince } from "./alive-since";

export type NodeView = {
  id: string;
  address: string;
  startedAt: Date;
  seenAt: Date;
  isAlive: boolean;
  cursor: string;
  /** Configuration changes that it has not taken in yet. */
  behind: number;
  /** Snapshots it refused, with the reason; it goes on serving what it had. */
  rejected: unknown;
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
  const alive = aliveSince(now);
  return Promise.all(
    rows.map(async ({ cursor, ...row }) => ({
      ...row,
      isAlive: row.seenAt >= alive,
      cursor: String(cursor),
      behind:
        newest && cursor < newest.id
          ? await database().configChange.count({ where: { id: { gt: cursor } } })
          : 0,
    })),
  );
}
