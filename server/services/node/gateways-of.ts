/** One row a worker writes about itself; its id is `gateway/worker`. */
type WorkerRow = {
  id: string;
  startedAt: Date;
  seenAt: Date;
  cursor: bigint;
  address: string;
  rejected: unknown;
  exportsTraces: boolean;
};

export type GatewayReport = {
  id: string;
  address: string;
  startedAt: Date;
  seenAt: Date;
  isAlive: boolean;
  /** Its workers that are alive. */
  workers: number;
  /** What all of these have taken in. */
  cursor: bigint;
  rejected: unknown[];
  /** Spans of all of its workers go to a collector. */
  exportsTraces: boolean;
};

/** Puts together what the workers of each gateway report; a gateway has a change when all of its workers have it. */
export function gatewaysOf(rows: readonly WorkerRow[], aliveSince: Date): GatewayReport[] {
  const byGateway = new Map<string, WorkerRow[]>();
  for (const row of rows) {
    const id = row.id.split("/")[0] as string;
    byGateway.set(id, [...(byGateway.get(id) ?? []), row]);
  }
  return [...byGateway].map(([id, workers]) => {
    const alive = workers.filter((worker) => worker.seenAt >= aliveSince);
    // Of a gateway that is gone: what it had at the end.
    const telling = alive.length > 0 ? alive : workers;
    const rejected = telling.flatMap((worker) => (Array.isArray(worker.rejected) ? worker.rejected : []));
    const distinct = new Map(rejected.map((rejection) => [JSON.stringify(rejection), rejection]));
    return {
      id,
      address: (telling[0] as WorkerRow).address,
      startedAt: extreme(telling, (worker) => worker.startedAt, -1),
      seenAt: extreme(telling, (worker) => worker.seenAt, 1),
      isAlive: alive.length > 0,
      workers: alive.length,
      cursor: extreme(telling, (worker) => worker.cursor, -1),
      rejected: [...distinct.values()],
      exportsTraces: telling.every((worker) => worker.exportsTraces),
    };
  });
}

/** The least (-1) or greatest (1) of what is picked. */
function extreme<T extends bigint | Date>(
  rows: readonly WorkerRow[],
  pick: (row: WorkerRow) => T,
  sign: 1 | -1,
): T {
  return rows.map(pick).reduce((a, b) => (sign > 0 === b > a ? b : a));
}
