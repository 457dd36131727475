import type { SourcePositions } from "@/server/vtl/lexer/source-positions";
import { type Token, TokenKind } from "@/server/vtl/lexer/token";
import { LexicalError, TokenSource } from "@/server/vtl/lexer/token-source";
import { ParseFailure } from "@/server/vtl/parser/parse-failure";
import { StatementParser } from "@/server/vtl/parser/statement-parser";
import type { TemplateNode } from "@/server/vtl/parser/syntax-tree";
import { VtlError } from "@/server/vtl/vtl-error";

export type ParseOptions = {
  readonly templateName: string;
  /** Names #macro has defined so far, in this template and the strings within: a backslash before them escapes. */
  readonly macroNames: Set<string>;
};

/**
 * Parses a template or the content of a double-quoted string as Velocity 1.7's grammar does. Throws a VtlError of
 * kind "parse" with the line and column of the token that does not fit.
 */
export function parseTemplate(positions: SourcePositions, options: ParseOptions): TemplateNode {
  try {
    return new StatementParser(new TokenSource(positions.text), options.macroNames).parse();
  } catch (error) {
    throw toVtlError(error, positions, options.templateName);
  }
}

function toVtlError(error: unknown, positions: SourcePositions, templateName: string): unknown {
  const base = { kind: "parse" as const, templateName };
  if (error instanceof LexicalError) {
    const { text } = positions;
    const place = text.length === 0 ? { line: 1, column: 1 } : positions.at(error.offset);
    const newline = /[\n\r]/.test(text[error.offset] ?? "");
    const line = error.atEnd && newline ? place.line + 1 : place.line;
    const column = !error.atEnd ? place.column : newline ? 0 : place.column + 1;
    // A string that is not closed is marked from where it begins: the place, as Velocity has it, is the end of all.
    const start = /["']/.test(text[error.start] ?? "") ? error.start : error.offset;
    const span = { start, end: Math.max(error.offset + 1, 0) };
    return new VtlError({ ...base, code: "lexical-error", message: error.message, line, column, span });
  }
  if (error instanceof ParseFailure) {
    const { token } = error;
    const place = token === null ? { line: null, column: null } : positions.at(token.start);
    const marked = error.opened ?? token;
    const span = marked === null ? undefined : spanOf(marked);
    const opened = error.opened && positions.at(error.opened.start);
    return new VtlError({
      ...base,
      code: error.code,
      message: opened ? `${error.message.slice(0, -1)}: it begins in line ${opened.line}.` : error.message,
      ...place,
      ...(span && { span }),
    });
  }
  if (error instanceof RangeError) {
    return new VtlError({ ...base, code: "too-deep", message: "The template is nested too deeply." });
  }
  return error;
}

function spanOf(token: Token): { start: number; end: number } {
  if (token.kind === TokenKind.Eof) return { start: token.end, end: token.end };
  return { start: token.start, end: token.end };
}
