import type { ApiDefinition } from "@/server/domain/definition";
import { EditError } from "@/server/domain/errors";
import type { DocumentationPart } from "@/server/gateway/snapshot/api-snapshot";
import type { ImportOptions } from "./import/import-context";
import { ImportError } from "./import/import-error";
import { type ImportResult, importOpenApi } from "./import/import-openapi";
import type { ReportEntry } from "./import/report";

export type AwsImport = {
  /** The document, JSON or YAML. */
  readonly body: string;
  readonly ids: () => string;
  readonly apiId: string;
  readonly awsVariables?: ImportOptions["awsVariables"];
  /** AWS's query parameters: `basepath`, `ignore`, `endpointConfigurationTypes`; others are ignored. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly failOnWarnings?: boolean;
};

export type AwsImportResult = {
  readonly definition: ApiDefinition;
  /** The texts of RestApi.`warnings`. */
  readonly warnings: string[];
  readonly report: ReportEntry[];
};

/**
 * What ImportRestApi and PutRestApi read: the document as AWS understands it. The edits `replace-definition` and
 * `merge-definition` put it into an existing API.
 *
 * @throws EditError BAD_REQUEST in AWS's words, also for warnings with `failOnWarnings`
 */
export function readAwsImport(input: AwsImport): AwsImportResult {
  const result = attempt("Invalid OpenAPI input.", () =>
    importOpenApi(input.body, { ...awsImportOptions(input), apiId: input.apiId, ids: input.ids }),
  );
  const warnings = importWarnings(result.report);
  refuseWarnings(warnings, input.failOnWarnings);
  return { definition: result.definition, warnings, report: result.report };
}

/**
 * What ImportDocumentationParts reads: the documentation of a document, its list and what stands in place. The edit
 * `import-documentation-parts` takes them in.
 *
 * @throws EditError BAD_REQUEST in AWS's words, also for warnings with `failOnWarnings`
 */
export function readAwsDocumentation(input: Pick<AwsImport, "body" | "ids" | "failOnWarnings">): {
  parts: DocumentationPart[];
  warnings: string[];
} {
  const { definition, report } = attempt("Unable to build importer with provided input.", () =>
    importOpenApi(input.body, { ids: input.ids, asAws: true }),
  );
  const warnings = importWarnings(report);
  refuseWarnings(warnings, input.failOnWarnings);
  return { parts: definition.documentationParts, warnings };
}

/** The texts of which AWS warns. */
export const importWarnings = (report: readonly ReportEntry[]): string[] =>
  report.filter(({ warning }) => warning).map(({ message }) => message);

const BASE_PATHS = ["ignore", "prepend", "split"] as const;
const ENDPOINT_TYPES = ["EDGE", "REGIONAL", "PRIVATE"] as const;

function awsImportOptions({ parameters = {}, awsVariables }: AwsImport): Omit<ImportOptions, "ids"> {
  const oneOf = <T extends string>(name: string, values: readonly T[], fallback: T): T => {
    const given = parameters[name];
    if (given === undefined) return fallback;
    const known = values.find((value) => value.toLowerCase() === given.toLowerCase());
    if (!known)
      throw new EditError(
        "BAD_REQUEST",
        `Invalid value '${given}' for parameter ${name}. Must be one of: [${values.join(", ")}]`,
      );
    return known;
  };
  return {
    asAws: true,
    awsVariables,
    basePath: oneOf("basepath", BASE_PATHS, "ignore"),
    endpointType: oneOf("endpointConfigurationTypes", ENDPOINT_TYPES, "EDGE"),
    ignoreDocumentation: parameters.ignore === "documentation",
  };
}

function attempt(message: string, read: () => ImportResult): ImportResult {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    throw new EditError("BAD_REQUEST", error.code === "LIMIT" ? error.message : message);
  }
}

function refuseWarnings(warnings: readonly string[], failOnWarnings = false): void {
  if (failOnWarnings && warnings.length > 0)
    throw new EditError("BAD_REQUEST", `Warnings found during import:\n\t${warnings.join("\n\t")}`);
}
