import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { authorize } from "@/server/services/authorize";
import { findStage } from "@/server/services/stage/find-stage";
import { histogramStep } from "./histogram-step";
import { type RequestFilter, whereOf } from "./request-filter";

export type RequestBar = {
  /** The bar's first moment, ms since the epoch. */
  atMs: number;
  /** 1xx to 3xx. */
  passed: number;
  errors4xx: number;
  errors5xx: number;
};

export type RequestHistogram = { fromMs: number; toMs: number; stepMs: number; bars: RequestBar[] };

type Span = { fromMs: number; toMs: number };
type Row = { at: bigint; passed: bigint; errors4xx: bigint; errors5xx: bigint };

/**
 * How many requests of the log fit a filter, over time: from the filter's beginning (else the oldest that fits) to its
 * end (else now). Bars begin at whole steps, those without requests included.
 */
export async function countRequests(
  actor: Actor,
  input: { apiId: string; stageName: string; filter: RequestFilter },
  now: Date = new Date(),
): Promise<RequestHistogram> {
  authorize(actor, "request:read");
  const stage = await findStage(actor, input);
  const of = { apiId: stage.apiId, stage: stage.name };
  const { fromMs: first, toMs: last, minutes } = input.filter;
  const toMs = Math.min(last ?? now.getTime(), now.getTime());
  const fromMs = first ?? (minutes ? now.getTime() - minutes * 60_000 : await oldest(of, input.filter, now));
  if (fromMs === null || fromMs >= toMs) return { fromMs: toMs, toMs, stepMs: 1_000, bars: [] };
  const stepMs = histogramStep(toMs - fromMs);
  const rows = await countByStep(of, { ...input.filter, fromMs, toMs }, stepMs);
  const found = new Map(rows.map((row) => [Number(row.at), row]));
  const firstBar = Math.floor(fromMs / stepMs);
  const lastBar = Math.ceil(toMs / stepMs) - 1;
  const bars = Array.from({ length: lastBar - firstBar + 1 }, (_, index) => {
    const row = found.get(firstBar + index);
    return {
      atMs: (firstBar + index) * stepMs,
      passed: Number(row?.passed ?? 0),
      errors4xx: Number(row?.errors4xx ?? 0),
      errors5xx: Number(row?.errors5xx ?? 0),
    };
  });
  return { fromMs, toMs, stepMs, bars };
}

async function oldest(of: { apiId: string; stage: string }, filter: RequestFilter, now: Date) {
  const { _min } = await database().requestLog.aggregate({
    where: whereOf(of, filter, now),
    _min: { at: true },
  });
  return _min.at?.getTime() ?? null;
}

/** The conditions are those of whereOf, which Prisma's queries cannot group by time. */
function countByStep(
  of: { apiId: string; stage: string },
  { fromMs, toMs, status, ...filter }: RequestFilter & Span,
  stepMs: number,
): Promise<Row[]> {
  const leastStatus = status ? Number(status[0]) * 100 : 0;
  const mostStatus = status ? leastStatus + 99 : 999;
  const [method, path, key, requestId] = [filter.method, filter.path, filter.key, filter.requestId].map(
    (text) => text ?? null,
  );
  return database().$queryRaw<Row[]>`
    select floor(extract(epoch from at) * 1000 / ${stepMs}::bigint)::bigint as at,
      count(*) filter (where status < 400) as passed,
      count(*) filter (where status >= 400 and status < 500) as "errors4xx",
      count(*) filter (where status >= 500) as "errors5xx"
    from "RequestLog"
    where "apiId" = ${of.apiId} and stage = ${of.stage}
      and at >= ${new Date(fromMs)} and at < ${new Date(toMs)}
      and status between ${leastStatus} and ${mostStatus}
      and (${method}::text is null or method = ${method})
      and (${path}::text is null or strpos(path, ${path}) > 0)
      and (${key}::text is null or "keyId" = ${key} or strpos(lower("keyName"), lower(${key})) > 0)
      and (${requestId}::text is null or "requestId" = ${requestId})
    group by 1`;
}
