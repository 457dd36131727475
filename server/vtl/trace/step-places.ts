import type { CompileContext } from "@/server/vtl/compiler/compile-context";
import type { Token } from "@/server/vtl/lexer/token";
import type { BlockNode, Extent, IfNode } from "@/server/vtl/parser/syntax-tree";
import type { StepPlace } from "@/server/vtl/trace/trace-recorder";

/** The place from one token to another. Inside a string it is that of the string's opening quote. */
export function placeOf({ first, last }: Extent, context: CompileContext): StepPlace {
  return placeBetween(first.start, Math.max(first.end, last.end), context);
}

/** As `placeOf`, without the white space that a directive's tokens take along. */
export function directivePlace({ first, last }: Extent, context: CompileContext): StepPlace {
  const end = Math.max(first.end, last.end);
  const source = context.positions.text.slice(first.start, end);
  return placeBetween(first.start, first.start + source.trimEnd().length, context);
}

export function placeBetween(start: number, end: number, context: CompileContext): StepPlace {
  const { positions } = context;
  const outer = positions.outermost(start);
  const span = positions.isNested ? { start: outer, end: outer + 1 } : { start, end };
  return { span, ...positions.at(start), source: positions.text.slice(start, end) };
}

/** The last token before a block: the end of the header it belongs to. */
function headerEnd(first: Token, block: BlockNode): Token {
  let token = first;
  while (token.next !== null && token.next !== block.first) token = token.next;
  return token;
}

/** From a directive's name to the parenthesis before its block. */
export function headerPlace(first: Token, block: BlockNode, context: CompileContext): StepPlace {
  return directivePlace({ first, last: headerEnd(first, block) }, context);
}

/** `#if(…)`, `#elseif(…)` or `#else`: the header of a block of an #if, given the block before it, if any. */
export function branchPlace(
  node: IfNode,
  { before, block }: { readonly before: BlockNode | undefined; readonly block: BlockNode },
  context: CompileContext,
): StepPlace {
  return headerPlace(before?.last.next ?? node.first, block, context);
}

/** The lines of a text that stands in the template as it is printed, each with its own place. */
export function linePlaces(whole: StepPlace, text: string, context: CompileContext): [string, StepPlace][] {
  if (whole.source !== text) return [[text, whole]];
  let { start } = whole.span;
  return text.split(/(?<=\r\n|\r(?!\n)|(?<!\r)\n)/).map((line) => {
    const place = placeBetween(start, start + line.length, context);
    start += line.length;
    return [line, place];
  });
}
