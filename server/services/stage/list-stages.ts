import { database } from "@/server/db/client";
import type { Actor } from "@/server/domain/actor";
import { findApi } from "@/server/services/api/find-api";
import { type StageSummary, stageSummaries } from "@/server/services/api/stage-summary";
import { authorize } from "@/server/services/authorize";
import { type InvokeUrls, invokeUrls } from "./invoke-urls";

export type StageListItem = StageSummary & { description: string; invokeUrls: InvokeUrls };

/** The stages of an API by name. */
export async function listStages(actor: Actor, input: { apiId: string }): Promise<StageListItem[]> {
  authorize(actor, "api:read");
  const api = await findApi(actor, input.apiId);
  const [summaries, rows] = await Promise.all([
    stageSummaries([{ id: api.id, draftHash: api.definitionHash }]),
    database().stage.findMany({ where: { apiId: api.id }, select: { name: true, description: true } }),
  ]);
  const descriptions = new Map(rows.map((row) => [row.name, row.description]));
  return (summaries.get(api.id) ?? []).map((summary) => ({
    ...summary,
    description: descriptions.get(summary.name) ?? "",
    invokeUrls: invokeUrls(api.id, summary.name),
  }));
}
