import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import type { RequestLogEntry } from "@/server/gateway/observation/request-log-entry";
import { authorize } from "@/server/services/authorize";
import { findStage } from "@/server/services/stage/find-stage";

/** One logged request with its steps, headers, and why it was refused. */
export async function getRequest(
  actor: Actor,
  input: { apiId: string; stageName: string; requestId: string },
) {
  authorize(actor, "request:read");
  const stage = await findStage(actor, input);
  const row = await database().requestLog.findFirst({
    where: { requestId: input.requestId, apiId: stage.apiId, stage: stage.name },
  });
  if (!row) throw new ServiceError("NOT_FOUND", "The request log does not have this request (any more)");
  const plan = row.planId
    ? await database().usagePlan.findUnique({ where: { id: row.planId }, select: { name: true } })
    : null;
  return {
    ...row,
    id: String(row.id),
    planName: plan?.name ?? null,
    detail: row.detail as unknown as RequestLogEntry["detail"],
  };
}
