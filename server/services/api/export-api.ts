import type { Actor } from "@/server/domain/actor";
import { ServiceError } from "@/server/domain/errors";
import { exportOpenApi } from "@/server/domain/openapi/export/export-openapi";
import { toYaml } from "@/server/domain/openapi/export/to-yaml";
import { authorize } from "@/server/services/authorize";
import { liveDeployment } from "@/server/services/deployment/live-deployment";
import { findStage } from "@/server/services/stage/find-stage";
import { invokeUrls } from "@/server/services/stage/invoke-urls";
import { findApi } from "./find-api";

export type ExportFormat = "oas30" | "swagger";

type Input = {
  apiId: string;
  /** What this stage serves; absent exports the draft. */
  stageName?: string;
  format: ExportFormat;
  /** With Amazon API Gateway's extensions: integrations, validators, authorizers … */
  extensions: boolean;
  syntax: "json" | "yaml";
};

/** An API as an OpenAPI document. */
export async function exportApi(actor: Actor, input: Input): Promise<{ filename: string; content: string }> {
  authorize(actor, "api:read");
  const { apiId, stageName, format, extensions, syntax } = input;
  const { name, definition } = await exported(actor, { apiId, stageName });
  const document = exportOpenApi(definition, {
    format,
    extensions,
    apiId,
    ...(stageName ? { stage: stageName, baseUrl: invokeUrls(apiId, stageName).path } : {}),
  });
  const slug =
    name
      .replace(/[^A-Za-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .toLowerCase() || apiId;
  return {
    filename: `${slug}${stageName ? `-${stageName}` : ""}-${format}.${syntax}`,
    content: syntax === "yaml" ? toYaml(document) : `${JSON.stringify(document, null, 2)}\n`,
  };
}

async function exported(
  actor: Actor,
  { apiId, stageName }: { apiId: string; stageName: string | undefined },
) {
  if (!stageName) return findApi(actor, apiId);
  const stage = await findStage(actor, { apiId, stageName });
  const live = await liveDeployment({ apiId, stageName });
  if (!live) throw new ServiceError("NOT_FOUND", `There is no stage ${stageName}`);
  return { name: stage.apiName, definition: live.definition };
}
