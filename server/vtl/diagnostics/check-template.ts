import { compileTemplate } from "@/server/vtl/compile-template";
import { EditorPositions } from "@/server/vtl/diagnostics/editor-positions";
import { findWarnings } from "@/server/vtl/diagnostics/find-warnings";
import { printsJson } from "@/server/vtl/diagnostics/json-places";
import { withoutMistake } from "@/server/vtl/diagnostics/recover";
import { remedyFor } from "@/server/vtl/diagnostics/remedies";
import { SourcePositions } from "@/server/vtl/lexer/source-positions";
import { parseTemplate } from "@/server/vtl/parser/parse-template";
import type { VtlDiagnostic } from "@/server/vtl/render-types";
import { VtlError } from "@/server/vtl/vtl-error";

const MOST_ERRORS = 10;

export type CheckTemplateOptions = {
  /** The template's media type; without it, JSON is recognized by how the output begins. */
  readonly contentType?: string;
};

type Read = { readonly errors: readonly VtlError[]; readonly readable: string | null };

/**
 * The mistakes that keep a template from being compiled (the engine's own, and those found by writing over it and reading
 * on), then warnings about known traps; each in the order of the source. Places are counted as editors do: from 1, a tab is one column. Never throws.
 */
export function checkTemplate(source: string, options: CheckTemplateOptions = {}): VtlDiagnostic[] {
  const positions = new EditorPositions(source);
  const { errors, readable } = readErrors(source);
  const inOrder = [...errors].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  const diagnostics: VtlDiagnostic[] = inOrder.map((error) => {
    const { start, end } = error.span ?? { start: 0, end: source.length };
    const remedy = remedyFor(error, source);
    return {
      severity: "error",
      message: error.message,
      ...(remedy && { remedy }),
      ...positions.range(start, end),
    };
  });
  if (readable === null) return diagnostics;
  const { contentType } = options;
  const template = parseTemplate(new SourcePositions(readable), {
    templateName: "template",
    macroNames: new Set(),
  });
  const isJson = contentType ? /\bjson\b/i.test(contentType) : printsJson(template.statements);
  for (const { code, message, remedy, start, end } of findWarnings(template, { isJson })) {
    // Written over, it is not what the author wrote.
    if (end > source.length || source.slice(start, end) !== readable.slice(start, end)) continue;
    diagnostics.push({ severity: "warning", code, message, remedy, ...positions.range(start, end) });
  }
  return diagnostics;
}

function readErrors(source: string): Read {
  const errors: VtlError[] = [];
  let text = source;
  while (errors.length < MOST_ERRORS) {
    const error = mistakeOf(text);
    if (error === null) return { errors, readable: text };
    const isNew = !errors.some(({ span }) => span?.start === error.span?.start);
    if (!isNew) return { errors, readable: null };
    errors.push(error);
    const next = withoutMistake(text, error);
    if (next === null || next === text) return { errors, readable: null };
    text = next;
  }
  return { errors, readable: null };
}

function mistakeOf(text: string): VtlError | null {
  try {
    compileTemplate(text);
    return null;
  } catch (error) {
    if (error instanceof VtlError) return error;
    throw error;
  }
}
