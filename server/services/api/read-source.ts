import { ServiceError } from "@/server/domain/errors";
import type { ImportOptions } from "@/server/domain/openapi/import/import-context";
import { ImportError } from "@/server/domain/openapi/import/import-error";
import { type ImportResult, importOpenApi } from "@/server/domain/openapi/import/import-openapi";
import { newId } from "@/server/services/new-id";

/** A document with the options of its import. */
export type ImportSource = Omit<ImportOptions, "ids"> & {
  readonly source: string;
  /** Refuses what AWS would warn of. */
  readonly failOnWarnings?: boolean | undefined;
};

/** Reads an OpenAPI document. INVALID with the place in the source as details when it cannot be read. */
export function readSource({ source, failOnWarnings, ...options }: ImportSource): ImportResult {
  try {
    const result = importOpenApi(source, { ...options, ids: () => newId() });
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
