import type { Directive } from "@/server/vtl/directives/directive";
import { ForeachScope } from "@/server/vtl/values/foreach-scope";
import { StopSignal } from "@/server/vtl/values/java-objects";

const NEAREST = new StopSignal("nearest");

export const breakDirective: Directive = {
  name: "break",
  form: "line",
  signature: "#break or #break($foreach.parent)",
  documentation:
    "Leaves the innermost #foreach, or the one whose `$foreach` is given. Outside a loop it ends the template.",
  insertText: "#break",
  compile(node, context) {
    const [scope, ...more] = node.args.map((arg) => context.compile.argument(arg, context));
    if (more.length > 0)
      throw context.mistake("too-many-arguments", "#break takes one argument at most.", node.first);
    if (scope === undefined) {
      return () => {
        throw NEAREST;
      };
    }
    return (frame) => {
      const target = scope.value(frame);
      if (target instanceof ForeachScope) throw new StopSignal(target.owner);
      throw context.failure(new Error("the argument is not a loop"), "#break", node.first);
    };
  },
};
