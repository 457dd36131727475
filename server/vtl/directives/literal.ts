import type { Directive } from "@/server/vtl/directives/directive";
import { literalBetween } from "@/server/vtl/lexer/token";

export const literal: Directive = {
  name: "literal",
  form: "block",
  signature: "#literal() … #end",
  documentation: "Prints its body as it is written. #[[ … ]]# does the same.",
  insertText: "#literal()$0#end",
  compile(node, context) {
    for (const arg of node.args) context.compile.argument(arg, context);
    if (node.block === null)
      throw context.mistake("literal-without-body", "#literal needs parentheses.", null);
    context.block(node.block);
    const shown = node.args[0] ?? node.block;
    if (node.args.length === 0 && node.block.statements.length === 0) {
      throw context.mistake("empty-literal", "#literal needs a body.", null);
    }
    return literalBetween(shown.first, shown.last);
  },
};
