import { renderParts } from "@/server/vtl/compiler/render-parts";
import { blockWeight } from "@/server/vtl/directives/block-weight";
import { DefinedBlock } from "@/server/vtl/directives/defined-block";
import type { Directive } from "@/server/vtl/directives/directive";

export const define: Directive = {
  name: "define",
  form: "block",
  signature: "#define($name) … #end",
  documentation:
    "Keeps its body under a name. It is rendered each time the name is printed, with the variables of that moment.",
  insertText: "#define(\\$${1:name})$0#end",
  compile(node, context) {
    const args = node.args.map((arg) => context.compile.argument(arg, context));
    if (node.block === null) throw context.mistake("define-without-name", "#define needs a name.", null);
    const body = renderParts(context.block(node.block));
    const [name] = node.args;
    if (name === undefined || args.length !== 1) {
      throw context.mistake("define-without-name", "#define needs a name and nothing else.", node.first);
    }
    const weight = blockWeight(node);
    const slot = context.slots.slot(name.first.image.slice(1));
    return (frame) => frame.assign(slot, new DefinedBlock({ body, weight }, node, frame));
  },
};
