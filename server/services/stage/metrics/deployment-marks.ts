import { database } from "@/server/db/client";
import { eventNumber, type StageEventKind } from "@/server/services/stage/stage-event";

/** When a stage was given something else to serve. */
export type MetricMark = {
  id: string;
  at: Date;
  stage: string;
  kind: StageEventKind;
  deploymentNumber: number | null;
  actorName: string;
  /** What a canary got of the requests. */
  percentTraffic: number | null;
  /** Why a canary was aborted. */
  reason: string | null;
};

const SHOWN: StageEventKind[] = [
  "deployed",
  "rolled-back",
  "promoted",
  "canary-started",
  "canary-changed",
  "canary-promoted",
  "canary-removed",
  "canary-aborted",
];
/** A chart shows no more of them; the newest. */
const MOST = 100;

/** Deployments and canaries of the stages of an API in a time, oldest first. */
export async function deploymentMarks(
  { apiId, stage }: { apiId: string; stage: string | null },
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<MetricMark[]> {
  const events = await database().stageEvent.findMany({
    where: {
      kind: { in: SHOWN },
      createdAt: { gte: new Date(fromMs), lt: new Date(toMs) },
      stage: { apiId, ...(stage === null ? {} : { name: stage }) },
    },
    orderBy: { createdAt: "desc" },
    take: MOST,
    include: { stage: { select: { name: true } }, deployment: { select: { number: true } } },
  });
  return events.reverse().map((event) => {
    const detail = event.detail as { percentTraffic?: unknown; reason?: unknown } | null;
    return {
      id: event.id,
      at: event.createdAt,
      stage: event.stage.name,
      kind: event.kind as StageEventKind,
      deploymentNumber: eventNumber(event),
      actorName: event.actorName,
      percentTraffic: typeof detail?.percentTraffic === "number" ? detail.percentTraffic : null,
      reason: typeof detail?.reason === "string" ? detail.reason : null,
    };
  });
}
