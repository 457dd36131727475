import { type ApiInput, type Handlers, handler } from "@/server/aws/call";
import { readDraft } from "@/server/aws/draft";
import { readExtras, readStage } from "@/server/aws/operations/stage/stage-records";
import { badRequest, notFound } from "@/server/aws/protocol/aws-error";
import { RawAnswer } from "@/server/aws/protocol/write-answer";
import { exportOpenApi } from "@/server/domain/openapi/export/export-openapi";
import { parseExportExtensions } from "@/server/domain/openapi/export/extension-choice";
import { toYaml } from "@/server/domain/openapi/export/to-yaml";
import type { DocumentationPart } from "@/server/gateway/snapshot/api-snapshot";
import { readDeployment } from "@/server/services/deployment/read-deployments";
import { getStored } from "@/server/services/stored-resource/stored-resource";

type ExportInput = ApiInput & {
  stageName: string;
  exportType: string;
  parameters?: Record<string, string>;
  Accept?: string;
};

export const exportHandlers: Handlers = {
  GetExport: handler<ExportInput>(async (call) => {
    const { restApiId: apiId, stageName, exportType, parameters = {}, Accept = "" } = call.input;
    if (exportType !== "oas30" && exportType !== "swagger") {
      throw badRequest(`Invalid export type specified: ${exportType}. Valid options are oas30,swagger`);
    }
    const extensions = parseExportExtensions(parameters.extensions);
    if (!extensions) throw badRequest(`Invalid extensions specified: ${parameters.extensions}`);
    const { createdAt } = await readDraft(call);
    const stage = await readStage(call, { apiId, stageName });
    if (!stage) throw notFound("Invalid stage identifier specified");
    const { definition } = await readDeployment(call.actor, { apiId, deploymentId: stage.deploymentId });
    const { documentationVersion: version } = await readExtras(call, { apiId, stageName });
    const documented = version
      ? await getStored(call.actor, { kind: "documentation-version", parentId: apiId, id: version })
      : null;
    const versionWhenEmpty = secondsOf(createdAt);
    const document = exportOpenApi(definition, {
      format: exportType,
      extensions,
      apiId,
      stage: stageName,
      region: call.region,
      versionWhenEmpty,
      ...(documented && version
        ? {
            documentationParts: documented.document.parts as DocumentationPart[],
            documentationVersion: { version, createdDate: secondsOf(documented.createdAt) },
          }
        : {}),
    });
    const isYaml = Accept.includes("yaml");
    const filename = `${exportType}_${definition.version || versionWhenEmpty}.${isYaml ? "yaml" : "json"}`;
    return new RawAnswer(isYaml ? toYaml(document) : JSON.stringify(document, null, 2), {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="${filename.replace(/[^\x20-\x7e]|["\\]/g, "_")}"`,
    });
  }),
};

/** As `2026-03-01T12:00:00Z`. */
const secondsOf = (date: Date) => `${date.toISOString().slice(0, 19)}Z`;
