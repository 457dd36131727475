import { ServiceError } from "@/server/domain/errors";
import { ImportError } from "@/server/domain/openapi/import/import-error";
import { type ImportResult, importOpenApi } from "@/server/domain/openapi/import/import-openapi";
import { newId } from "@/server/services/new-id";

export type ImportSource = {
  source: string;
  filename?: string;
  /** What becomes of the document's base path; left out, it is ignored. */
  basePath?: "ignore" | "prepend" | "split";
  /** Refuses what AWS would warn of. */
  failOnWarnings?: boolean;
};

/** Reads an OpenAPI document. INVALID with the place in the source as details when it cannot be read. */
export function readSource({ source, filename, basePath, failOnWarnings }: ImportSource): ImportResult {
  try {
    const result = importOpenApi(source, { filename, basePath, ids: () => newId() });
    const warning = failOnWarnings ? result.report.find((entry) => entry.warning) : undefined;
    if (!warning) return result;
    throw new ServiceError("INVALID", warning.message, {
      fieldPath: "source",
      details: { line: warning.line, path: warning.path },
    });
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    const { code, message, line, column, path } = error;
    throw new ServiceError(code === "LIMIT" ? "LIMIT" : "INVALID", message, {
      fieldPath: "source",
      details: { line, column, path },
    });
  }
}
