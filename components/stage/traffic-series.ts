export type TrafficPoint = {
  /** Milliseconds since the epoch, start of the minute or of the bucket. */
  at: number;
  count: number;
  errors4xx: number;
  errors5xx: number;
  p95Ms: number | null;
};

type Row = { minute: Date; count: number; errors4xx: number; errors5xx: number; p95Ms: number | null };

const MINUTE_MS = 60_000;
const MOST_POINTS = 120;

/**
 * Rows of minutes with traffic, as a gapless series that ends now. Long ranges are summed into at most 120 buckets; a
 * bucket's p95 is the worst of its minutes (percentiles cannot be added up).
 */
export function trafficSeries(rows: readonly Row[], minutes: number, now: number): TrafficPoint[] {
  const size = Math.ceil(minutes / MOST_POINTS) * MINUTE_MS;
  const end = Math.floor(now / size) * size;
  const points = new Map<number, TrafficPoint>();
  for (let at = end - minutes * MINUTE_MS + size; at <= end; at += size)
    points.set(at, { at, count: 0, errors4xx: 0, errors5xx: 0, p95Ms: null });
  for (const row of rows) {
    const point = points.get(Math.floor(row.minute.getTime() / size) * size);
    if (!point) continue;
    point.count += row.count;
    point.errors4xx += row.errors4xx;
    point.errors5xx += row.errors5xx;
    if (row.p95Ms !== null) point.p95Ms = Math.max(point.p95Ms ?? 0, row.p95Ms);
  }
  return [...points.values()];
}

/** A deployment that went live: the point of a series it falls into. */
export type DeploymentMark = { id: string; at: number; label: string };

type StageEvent = { id: string; kind: string; deploymentNumber: number | null; createdAt: Date };

const SWITCHES = ["deployed", "rolled-back", "promoted", "canary-promoted"];

/** Where in a series the stage was given another deployment; of several in one point the newest. */
export function deploymentMarks(
  events: readonly StageEvent[],
  series: readonly TrafficPoint[],
): DeploymentMark[] {
  const marks = new Map<number, DeploymentMark & { time: number }>();
  for (const { id, kind, deploymentNumber, createdAt } of events) {
    if (!SWITCHES.includes(kind)) continue;
    const time = createdAt.getTime();
    const point = series.findLast(({ at }) => at <= time);
    if (!point || (marks.get(point.at)?.time ?? 0) > time) continue;
    marks.set(point.at, {
      id,
      at: point.at,
      label: deploymentNumber === null ? "" : `#${deploymentNumber}`,
      time,
    });
  }
  return [...marks.values()].map(({ id, at, label }) => ({ id, at, label }));
}
