import { compileTemplate } from "@/server/vtl/compile-template";
import type { VtlDiagnostic } from "@/server/vtl/render-types";
import { VtlError } from "@/server/vtl/vtl-error";

/** Errors and cheap warnings of a template, for an editor's markers. Never throws. */
export function checkTemplate(source: string): VtlDiagnostic[] {
  try {
    compileTemplate(source);
    return [];
  } catch (error) {
    if (!(error instanceof VtlError)) throw error;
    const line = error.line ?? 1;
    const column = error.column ?? 1;
    return [
      { severity: "error", message: error.message, line, column, endLine: line, endColumn: column + 1 },
    ];
  }
}
