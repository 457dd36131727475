import type { Transaction } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { requireStorable } from "@/server/services/api/save-definition";

export type StageEventKind =
  | "deployed"
  | "rolled-back"
  | "promoted"
  | "settings-changed"
  | "canary-started"
  | "canary-changed"
  | "canary-promoted"
  | "canary-removed"
  | "canary-aborted";

type EventRow = { deployment: { number: number } | null; detail: unknown };

/** The number of an event's deployment, also once that is deleted; null for an event about none. */
export function eventNumber(event: EventRow): number | null {
  const told = (event.detail as { number?: unknown } | null)?.number;
  return event.deployment?.number ?? (typeof told === "number" ? told : null);
}

/** Adds a line to a stage's own history. */
export async function recordStageEvent(
  tx: Transaction,
  actor: Actor,
  event: { stageId: string; kind: StageEventKind; deploymentId?: string; detail?: Record<string, unknown> },
): Promise<void> {
  await tx.stageEvent.create({
    data: {
      stageId: event.stageId,
      kind: event.kind,
      deploymentId: event.deploymentId ?? null,
      detail: requireStorable(event.detail ?? {}),
      actorId: actor.userId,
      actorName: actor.name,
    },
    select: { id: true },
  });
}
