import { ServiceError } from "@/server/domain/errors";
import { ImportError } from "@/server/domain/openapi/import/import-error";
import { type ImportResult, importOpenApi } from "@/server/domain/openapi/import/import-openapi";
import { newId } from "@/server/services/new-id";

export type ImportSource = { source: string; filename?: string };

/** Reads an OpenAPI document. INVALID with the place in the source as details when it cannot be read. */
export function readSource({ source, filename }: ImportSource): ImportResult {
  try {
    return importOpenApi(source, { filename, ids: () => newId() });
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    const { code, message, line, column, path } = error;
    throw new ServiceError(code === "LIMIT" ? "LIMIT" : "INVALID", message, {
      fieldPath: "source",
      details: { line, column, path },
    });
  }
}
