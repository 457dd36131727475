import type { ApiDefinition } from "@/server/domain/definition";
import type { DocumentationVersion } from "@/server/domain/documentation/documentation-version";
import { EditError } from "@/server/domain/errors";
import { exportOpenApi } from "./export/export-openapi";
import { EXPORT_EXTENSIONS, parseExportExtensions } from "./export/extension-choice";
import { toYaml } from "./export/to-yaml";

export type AwsExport = {
  readonly apiId: string;
  readonly region: string;
  readonly stageName: string;
  /** `oas30` or `swagger`, as it stands in the URL. */
  readonly exportType: string;
  /** `{ extensions: "integrations,authorizers" }`; others are ignored. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The Accept header: `application/yaml` gives YAML, all else JSON. */
  readonly accepts?: string;
  /** Stands in for the version of an API without one: its date, `2017-11-17T04:40:23Z`. */
  readonly createdDate: string;
  /** The stage's documentation version; without one, there is no documentation. */
  readonly documentation?: DocumentationVersion & { readonly version: string; readonly createdDate: string };
};

/**
 * GetExport: what a stage serves, as the body and the two headers of AWS's answer.
 *
 * @throws EditError BAD_REQUEST for another export type or extension
 */
export function exportForAws(
  definition: ApiDefinition,
  input: AwsExport,
): { body: string; contentType: string; contentDisposition: string } {
  const { exportType, parameters = {}, accepts = "", documentation } = input;
  if (exportType !== "oas30" && exportType !== "swagger")
    throw new EditError("BAD_REQUEST", `No API exporter for type '${exportType}'`);
  const extensions = parseExportExtensions(parameters.extensions);
  if (!extensions) {
    throw new EditError(
      "BAD_REQUEST",
      `Invalid extensions '${parameters.extensions}'. Must be among: [${EXPORT_EXTENSIONS.join(", ")}]`,
    );
  }
  const document = exportOpenApi(definition, {
    format: exportType,
    extensions,
    apiId: input.apiId,
    region: input.region,
    stage: input.stageName,
    versionWhenEmpty: input.createdDate,
    documentationParts: documentation?.parts,
    documentationVersion: documentation && {
      version: documentation.version,
      createdDate: documentation.createdDate,
    },
  });
  const isYaml = /\byaml\b/i.test(accepts);
  const name = `${exportType}_${definition.version || input.createdDate}.${isYaml ? "yaml" : "json"}`;
  return {
    body: isYaml ? toYaml(document) : JSON.stringify(document, null, 2),
    contentType: "application/octet-stream",
    contentDisposition: `attachment; filename="${name.replace(/["\\\r\n]/g, "_")}"`,
  };
}
