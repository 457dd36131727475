import type { Actor } from "@/server/domain/actor";
import { exportOpenApi } from "@/server/domain/openapi/export/export-openapi";
import { requireApi } from "@/server/services/api/find-api";
import { authorize } from "@/server/services/authorize";
import { findDeployment } from "./find-deployment";

/** What a deployment froze, as a file: the snapshot itself, or OpenAPI 3.0 with AWS's extensions. */
export async function downloadDeployment(
  actor: Actor,
  input: { apiId: string; deploymentId: string; as: "snapshot" | "openapi" },
): Promise<{ filename: string; content: string }> {
  authorize(actor, "api:read");
  const { apiId } = input;
  const { name } = await requireApi(actor, apiId);
  const { number, definition } = await findDeployment(actor, input);
  const slug =
    name
      .replace(/[^A-Za-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .toLowerCase() || apiId;
  const document =
    input.as === "snapshot"
      ? definition
      : exportOpenApi(definition, { format: "oas30", extensions: true, apiId });
  return {
    filename: `${slug}-${number}-${input.as}.json`,
    content: `${JSON.stringify(document, null, 2)}\n`,
  };
}
