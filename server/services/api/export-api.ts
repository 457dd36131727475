import type { Actor } from "@/server/domain/actor";
import type { ApiDefinition } from "@/server/domain/definition";
import { ServiceError } from "@/server/domain/errors";
import { hashDefinition } from "@/server/domain/hash-definition";
import { exportCloudFormation } from "@/server/domain/infrastructure/cloudformation/export-cloudformation";
import { exportTerraform } from "@/server/domain/infrastructure/terraform/export-terraform";
import { exportOpenApi } from "@/server/domain/openapi/export/export-openapi";
import type { ExportExtension } from "@/server/domain/openapi/export/extension-choice";
import { toYaml } from "@/server/domain/openapi/export/to-yaml";
import { authorize } from "@/server/services/authorize";
import { liveDeployment } from "@/server/services/deployment/live-deployment";
import { findStage } from "@/server/services/stage/find-stage";
import { invokeUrls } from "@/server/services/stage/invoke-urls";
import { findApi } from "./find-api";

export const EXPORT_FORMATS = ["oas30", "swagger", "cloudformation", "terraform"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

type Input = {
  apiId: string;
  /** What this stage serves; absent exports the draft. */
  stageName?: string;
  format: ExportFormat;
  /** OpenAPI only: all of Amazon API Gateway's extensions, none, or those that AWS's GetExport writes for a list. */
  extensions: boolean | readonly ExportExtension[];
  /** OpenAPI only: CloudFormation is YAML and Terraform is HCL. */
  syntax: "json" | "yaml";
};

/** The stage of an infrastructure document that is made of a draft. */
const DRAFT_STAGE = "prod";

/** An API as an OpenAPI document, or as what deploys it to AWS. */
export async function exportApi(actor: Actor, input: Input): Promise<{ filename: string; content: string }> {
  authorize(actor, "api:read");
  const { apiId, stageName, format } = input;
  const { name, definition, config, createdAt } = await exported(actor, { apiId, stageName });
  const slug =
    name
      .replace(/[^A-Za-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .toLowerCase() || apiId;
  const base = `${slug}${stageName ? `-${stageName}` : ""}`;
  if (format === "oas30" || format === "swagger")
    return {
      filename: `${base}-${format}.${input.syntax}`,
      content: openApi(definition, { ...input, format, createdAt }),
    };
  const deployable = {
    definition,
    hash: hashDefinition(definition),
    stage: { ...config, stageName: stageName ?? DRAFT_STAGE },
  };
  return format === "terraform"
    ? { filename: `${base}.tf`, content: exportTerraform(deployable) }
    : { filename: `${base}-cloudformation.yaml`, content: exportCloudFormation(deployable) };
}

function openApi(
  definition: ApiDefinition,
  input: Input & { format: "oas30" | "swagger"; createdAt: Date },
): string {
  const { apiId, stageName, format, extensions } = input;
  // As AWS does it; not where the document is for coming back, since the date would come back as the version.
  const date = input.createdAt.toISOString().replace(/\.\d+Z$/, "Z");
  const document = exportOpenApi(definition, {
    format,
    extensions,
    apiId,
    ...(extensions === true ? {} : { versionWhenEmpty: date }),
    // AWS takes those of the stage's documentation version; the definition's own stand in for them.
    ...(Array.isArray(extensions) && extensions.includes("documentation")
      ? { documentationParts: definition.documentationParts }
      : {}),
    ...(stageName ? { stage: stageName, baseUrl: invokeUrls(apiId, stageName).path } : {}),
  });
  return input.syntax === "yaml" ? toYaml(document) : `${JSON.stringify(document, null, 2)}\n`;
}

async function exported(
  actor: Actor,
  { apiId, stageName }: { apiId: string; stageName: string | undefined },
) {
  if (!stageName) {
    const { name, definition, createdAt } = await findApi(actor, apiId);
    return { name, definition, config: {}, createdAt };
  }
  const stage = await findStage(actor, { apiId, stageName });
  const live = await liveDeployment({ apiId, stageName });
  if (!live) throw new ServiceError("NOT_FOUND", `There is no stage ${stageName}`);
  return {
    name: stage.apiName,
    definition: live.definition,
    config: stage.config,
    createdAt: stage.createdAt,
  };
}
