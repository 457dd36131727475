import type { Directive } from "@/server/vtl/directives/directive";
import { StopSignal } from "@/server/vtl/values/java-objects";

const ALL = new StopSignal("all");

export const stop: Directive = {
  name: "stop",
  form: "line",
  signature: "#stop",
  documentation: "Ends the template. What has been written stays.",
  insertText: "#stop",
  compile(node, context) {
    const [message, ...more] = node.args.map((arg) => context.compile.argument(arg, context));
    if (more.length > 0)
      throw context.mistake("too-many-arguments", "#stop takes one argument at most.", node.first);
    return (frame) => {
      message?.value(frame);
      throw ALL;
    };
  },
};
