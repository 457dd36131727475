import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { findStage } from "@/server/services/stage/find-stage";
import { type RequestFilter, whereOf } from "./request-filter";

export const SHOWN = {
  id: true,
  at: true,
  requestId: true,
  method: true,
  path: true,
  route: true,
  status: true,
  latencyMs: true,
  integrationMs: true,
  keyId: true,
  keyName: true,
  sourceIp: true,
  isCanary: true,
  errorType: true,
} as const;

export type LoggedRequest = Awaited<ReturnType<typeof searchRequests>>["items"][number];

const PAGE = 100;

/** A stage's logged requests, newest first; `cursor` is the id where the last page ended. */
export async function searchRequests(
  actor: Actor,
  input: { apiId: string; stageName: string; filter: RequestFilter; cursor?: string },
  now: Date = new Date(),
) {
  authorize(actor, "request:read");
  const stage = await findStage(actor, input);
  const where = whereOf({ apiId: stage.apiId, stage: stage.name }, input.filter, now);
  const rows = await database().requestLog.findMany({
    where: input.cursor ? { ...where, id: { lt: BigInt(input.cursor) } } : where,
    orderBy: { id: "desc" },
    take: PAGE + 1,
    select: SHOWN,
  });
  const items = rows.slice(0, PAGE).map((row) => ({ ...row, id: String(row.id) }));
  return { items, nextCursor: rows.length > PAGE ? (items.at(-1)?.id ?? null) : null };
}
