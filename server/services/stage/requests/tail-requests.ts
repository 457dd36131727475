import { setTimeout as pause } from "node:timers/promises";
import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { findStage } from "@/server/services/stage/find-stage";
import { type RequestFilter, whereOf } from "./request-filter";
import { type LoggedRequest, SHOWN } from "./search-requests";

const LOOK_MS = 500;
/** Who looks on longer is asked again who they are: the client subscribes anew. */
const LIFE_MS = 900_000;
/** A busy stage shows its newest; the others can be searched for. */
const AT_ONCE = 100;

/**
 * What a stage's gateways log from now on, newest first, in batches; nothing is sent while nothing comes. Rejects at
 * once if the actor may not see it. Batches of two gateways that commit in the wrong order may leave requests out; a
 * search finds them.
 */
export async function tailRequests(
  actor: Actor,
  input: { apiId: string; stageName: string; filter: RequestFilter },
  signal: AbortSignal | undefined,
): Promise<AsyncIterable<LoggedRequest[]>> {
  authorize(actor, "request:read");
  const stage = await findStage(actor, input);
  const where = whereOf({ apiId: stage.apiId, stage: stage.name }, input.filter, new Date());
  const last = await database().requestLog.aggregate({
    where: { apiId: stage.apiId, stage: stage.name },
    _max: { id: true },
  });
  return follow(where, last._max.id ?? 0n, signal);
}

async function* follow(
  where: ReturnType<typeof whereOf>,
  from: bigint,
  signal: AbortSignal | undefined,
): AsyncGenerator<LoggedRequest[]> {
  let cursor = from;
  const endsAt = Date.now() + LIFE_MS;
  while (!signal?.aborted && Date.now() < endsAt) {
    const rows = await database().requestLog.findMany({
      where: { ...where, id: { gt: cursor } },
      orderBy: { id: "desc" },
      take: AT_ONCE,
      select: SHOWN,
    });
    if (rows[0]) {
      cursor = rows[0].id;
      yield rows.map((row) => ({ ...row, id: String(row.id) }));
    }
    await pause(LOOK_MS, undefined, signal ? { signal } : {}).catch(() => undefined);
  }
}
