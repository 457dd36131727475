import type { CompileContext, CompiledReference, Part } from "@/server/vtl/compiler/compile-context";
import type { Evaluate } from "@/server/vtl/compiler/frame";
import { renderParts } from "@/server/vtl/compiler/render-parts";
import { SourcePositions } from "@/server/vtl/lexer/source-positions";
import type { StringNode } from "@/server/vtl/parser/syntax-tree";
import { VtlError } from "@/server/vtl/vtl-error";

/**
 * A string literal. Between double quotes \uXXXX is a character, and the content, if a `$` or `#` is in it, is a
 * template of its own. A mistake in it is reported at the string.
 */
export function compileString(node: StringNode, context: CompileContext): Evaluate {
  const { image } = node.first;
  const quote = image[0] as string;
  let text = image.slice(1, -1);
  if (quote === '"') text = unescapeUnicode(text, context);
  text = text.replaceAll(quote + quote, quote);
  if (quote === "'" || !(image.includes("$") || image.includes("#"))) return () => text;
  // Velocity adds a space, so that the string may end in a `$` or `#`, and takes the last character off the result;
  // not where a line comment could swallow it.
  const padded = !text.includes("##");
  const parts = compileContent(padded ? `${text} ` : text, node, context);
  return padded ? withoutLast(parts) : captured(parts);
}

function unescapeUnicode(text: string, context: CompileContext): string {
  return text.replace(/\\u([\s\S]{0,4})/g, (_escape: string, digits: string) => {
    // Integer.parseInt reads a sign as well.
    if (!/^([0-9a-fA-F]{4}|[+-][0-9a-fA-F]{3})$/.test(digits)) {
      throw context.mistake("bad-unicode-escape", `\\u${digits} is not a character.`, null);
    }
    return String.fromCharCode(Number.parseInt(digits, 16));
  });
}

function compileContent(content: string, node: StringNode, context: CompileContext): Part[] {
  const origin = { positions: context.positions, offset: node.first.start };
  const inner = context.within(new SourcePositions(content, origin));
  let tree: ReturnType<typeof context.compile.parse>;
  try {
    tree = context.compile.parse(inner.positions, inner);
  } catch (error) {
    if (!(error instanceof VtlError)) throw error;
    throw context.mistake("bad-string", `This string is not a valid template: ${error.message}`, node.first);
  }
  return inner.block(tree);
}

/** Parts that give their text without writing it. */
type TextPart = string | CompiledReference;

const isTextPart = (part: Part): part is TextPart => typeof part !== "function";

function captured(parts: readonly Part[]): Evaluate {
  if (parts.every(isTextPart)) return concatenated(parts);
  const render = renderParts(parts);
  return (frame) => frame.capture(render);
}

function withoutLast(parts: readonly Part[]): Evaluate {
  const last = parts.at(-1);
  if (typeof last === "string" && last.endsWith(" "))
    return captured([...parts.slice(0, -1), last.slice(0, -1)]);
  const value = captured(parts);
  return (frame) => (value(frame) as string).slice(0, -1);
}

/** Text and references only: no need to write them anywhere first. */
function concatenated(parts: readonly TextPart[]): Evaluate {
  const [first, second] = parts.filter((part) => part !== "");
  if (first === undefined) return () => "";
  if (second === undefined) return typeof first === "string" ? () => first : first.text;
  return (frame) => {
    let text = "";
    for (const part of parts) text += typeof part === "string" ? part : part.text(frame);
    frame.budget.join(text.length, parts.length);
    return text;
  };
}
