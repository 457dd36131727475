import type { CompileContext, Part } from "@/server/vtl/compiler/compile-context";
import { directives } from "@/server/vtl/directives/directive-list";
import type { Token } from "@/server/vtl/lexer/token";
import type { DirectiveNode } from "@/server/vtl/parser/syntax-tree";

const byName = new Map(directives.map((directive) => [directive.name, directive]));

export function compileDirective(node: DirectiveNode, context: CompileContext): Part {
  const directive = byName.get(node.name);
  if (directive !== undefined) return directive.compile(node, context);
  if (node.name.startsWith("@") && !node.called) return `#${node.name}`;
  // A word that is no directive is text; mistakes in the strings of its arguments count all the same.
  for (const arg of node.args) context.compile.argument(arg, context);
  if (node.block !== null) context.block(node.block);
  return sourceText(node.first, node.last);
}

function sourceText(first: Token, last: Token): string {
  let text = first.image;
  for (let token: Token | null = first; token !== last; ) {
    token = token.next;
    if (token === null) break;
    text += token.image;
  }
  return text;
}
