import type { Actor } from "@/server/domain/actor";
import type { ApiDefinition } from "@/server/domain/definition";
import { authorize } from "@/server/services/authorize";
import { findApi } from "./find-api";
import { historyState } from "./history-state";
import { type StageSummary, stageSummaries } from "./stage-summary";

export type ApiDetail = {
  id: string;
  name: string;
  description: string;
  revision: number;
  draftHash: string;
  definition: ApiDefinition;
  createdAt: Date;
  updatedAt: Date;
  stages: StageSummary[];
  undo: { label: string } | null;
  redo: { label: string } | null;
};

/** One API with its draft, its stages and what undo and redo would do. */
export async function getApi(actor: Actor, input: { apiId: string }): Promise<ApiDetail> {
  authorize(actor, "api:read");
  const api = await findApi(actor, input.apiId);
  const [stages, history] = await Promise.all([
    stageSummaries([{ id: api.id, draftHash: api.definitionHash }]),
    historyState(api.id),
  ]);
  return {
    id: api.id,
    name: api.name,
    description: api.description,
    revision: api.revision,
    draftHash: api.definitionHash,
    definition: api.definition,
    createdAt: api.createdAt,
    updatedAt: api.updatedAt,
    stages: stages.get(api.id) ?? [],
    undo: history.undo && { label: history.undo.label },
    redo: history.redo && { label: history.redo.label },
  };
}
