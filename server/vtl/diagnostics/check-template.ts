import { compileTemplate } from "@/server/vtl/compile-template";
import { EditorPositions } from "@/server/vtl/diagnostics/editor-positions";
import { remedyFor } from "@/server/vtl/diagnostics/remedies";
import { findWarnings } from "@/server/vtl/diagnostics/warnings";
import { SourcePositions } from "@/server/vtl/lexer/source-positions";
import { parseTemplate } from "@/server/vtl/parser/parse-template";
import type { VtlDiagnostic } from "@/server/vtl/render-types";
import { VtlError } from "@/server/vtl/vtl-error";

/**
 * The mistake that keeps a template from being compiled, or warnings about known traps. Places are counted as editors
 * do: from 1, a tab is one column. Never throws.
 */
export function checkTemplate(source: string): VtlDiagnostic[] {
  const positions = new EditorPositions(source);
  try {
    compileTemplate(source);
    const template = parseTemplate(new SourcePositions(source), {
      templateName: "template",
      macroNames: new Set(),
    });
    return findWarnings(template).map(({ message, remedy, start, end }) => ({
      severity: "warning",
      message,
      remedy,
      ...positions.range(start, end),
    }));
  } catch (error) {
    if (!(error instanceof VtlError)) throw error;
    const { start, end } = error.span ?? { start: 0, end: source.length };
    const remedy = remedyFor(error, source);
    return [
      {
        severity: "error",
        message: error.message,
        ...(remedy && { remedy }),
        ...positions.range(start, end),
      },
    ];
  }
}
