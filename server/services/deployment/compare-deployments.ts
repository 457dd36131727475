import type { Actor } from "@/server/domain/actor";
import { diffDefinitions } from "@/server/domain/diff/diff-definitions";
import type { DiffEntry } from "@/server/domain/diff/diff-entry";
import { findApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { findDeployment } from "./find-deployment";

/** What changed from one deployment to another, or to the draft. */
export async function compareDeployments(
  actor: Actor,
  input: { apiId: string; fromId: string; toId: string | "draft" },
): Promise<DiffEntry[]> {
  authorize(actor, "api:read");
  const { apiId, fromId, toId } = input;
  const from = await findDeployment(actor, { apiId, deploymentId: fromId });
  const to =
    toId === "draft"
      ? await findApi(actor, apiId)
      : await findDeployment(actor, { apiId, deploymentId: toId });
  return diffDefinitions(from.definition, to.definition);
}
