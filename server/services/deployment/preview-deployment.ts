import type { Actor } from "@/server/domain/actor";
import { checkDefinition } from "@/server/domain/check/check-definition";
import type { Problem } from "@/server/domain/check/problem";
import type { DiffEntry } from "@/server/domain/diff/diff-entry";
import { findApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { stageVariables } from "@/server/services/stage/stage-variables";
import { changesSince } from "./changes-since";
import { liveDeployment } from "./live-deployment";

export type DeploymentPreview = {
  revision: number;
  draftHash: string;
  liveNumber: number | null;
  /** The stage serves exactly this draft already. */
  sameAsLive: boolean;
  changes: DiffEntry[];
  problems: Problem[];
};

/** What deploying the draft to a stage would change, and what stands in the way. */
export async function previewDeployment(
  actor: Actor,
  input: { apiId: string; stageName?: string },
): Promise<DeploymentPreview> {
  authorize(actor, "api:read");
  const api = await findApi(actor, input.apiId);
  const { apiId, stageName } = input;
  const live = await liveDeployment(input);
  const variables = stageName ? await stageVariables({ apiId, stageName }) : undefined;
  return {
    revision: api.revision,
    draftHash: api.definitionHash,
    liveNumber: live?.number ?? null,
    sameAsLive: live?.hash === api.definitionHash,
    changes: changesSince(live?.definition ?? null, api.definition),
    problems: checkDefinition(api.definition, { stageVariables: variables }),
  };
}
