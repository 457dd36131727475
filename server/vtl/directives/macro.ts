import type { Directive } from "@/server/vtl/directives/directive";

export const macro: Directive = {
  name: "macro",
  form: "block",
  signature: "#macro(name $argument) … #end",
  documentation: "API Gateway reads macro definitions but does not keep them: a call is printed as text.",
  insertText: "#macro(${1:name})$0#end",
  compile(node, context) {
    // Neither is ever rendered, but mistakes in the strings of both count.
    for (const arg of node.args) context.compile.argument(arg, context);
    if (node.block !== null) context.block(node.block);
    return "";
  },
};
