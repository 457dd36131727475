import type { CompileContext } from "@/server/vtl/compiler/compile-context";
import { compileStatement } from "@/server/vtl/compiler/compile-statements";
import type { Render } from "@/server/vtl/compiler/frame";
import { readReferenceRoot } from "@/server/vtl/compiler/reference-root";
import type { BlockNode, DirectiveNode } from "@/server/vtl/parser/syntax-tree";
import { extendOrigin, variableOrigin } from "@/server/vtl/trace/extend-origin";
import { headerPlace } from "@/server/vtl/trace/step-places";
import { fromTemplate, type OpenStep } from "@/server/vtl/trace/trace-recorder";
import type { TraceChange, TraceOrigin } from "@/server/vtl/trace/trace-types";
import type { TracedCompilation } from "@/server/vtl/trace/traced-compilers";
import { isPlainMap } from "@/server/vtl/values/is-plain-map";

/** A loop under way. */
type Walk = {
  readonly step: OpenStep;
  /** Keys of a map whose values are walked over. */
  keys: readonly unknown[] | null;
  origin: TraceOrigin;
  rounds: number;
};

/** #foreach: a step for the loop, one for each round, and one for its end, where variables get back their values. */
export function tracedForeach(
  node: DirectiveNode & { block: BlockNode },
  context: CompileContext,
  tracing: TracedCompilation,
): Render {
  const { recorder, known } = tracing;
  const [variable, , list] = node.args;
  const place = headerPlace(node.first, node.block, context);
  const walks: Walk[] = [];
  if (list !== undefined) {
    tracing.watch(list, (value) => {
      const walk = walks.at(-1) as Walk;
      walk.origin = tracing.originOf(list);
      walk.keys = isPlainMap(value) ? [...value.keys()] : null;
      if (walk.step.kept === null) return;
      walk.step.kept.value = recorder.preview(value);
      walk.step.kept.origin = walk.origin;
    });
  }
  tracing.aroundBlocks.set(node.block, (render) => (frame) => {
    const walk = walks.at(-1) as Walk;
    const origin = variableOrigin(name, place, elementOrigin(walk));
    walk.rounds++;
    known.setVariable(name, origin);
    const step = recorder.begin("round", place, () => origin);
    if (step.kept !== null) {
      step.kept.value = recorder.preview(frame.slots[context.slots.slot(name)]);
      step.kept.changes = realChanges(recorder.takeChanges());
      step.kept.origin = origin;
    }
    recorder.during(step, () => render(frame));
  });
  const compiled = compileStatement(node, context) as Render;
  const name = variable?.type === "reference" ? readReferenceRoot(variable).name : "";
  return (frame) => {
    const step = recorder.begin("foreach", place);
    const before = known.variables.get(name);
    const walk: Walk = { step, keys: null, origin: fromTemplate(), rounds: 0 };
    walks.push(walk);
    try {
      recorder.during(step, () => compiled(frame));
    } finally {
      walks.pop();
      known.setVariable(name, before);
    }
    const end = recorder.begin("end-foreach", place).kept;
    if (end === null) return;
    end.value = walk.rounds === 1 ? "1 round" : `${walk.rounds} rounds`;
    end.changes = realChanges(recorder.takeChanges());
  };
}

const realChanges = (changes: readonly TraceChange[]): TraceChange[] =>
  changes.filter(({ before, after }) => (before ?? "null") !== after);

/** Where the element of the next round comes from. */
function elementOrigin({ origin, keys, rounds }: Walk): TraceOrigin {
  const access = keys === null ? rounds : keys[rounds];
  if (typeof access !== "string" && typeof access !== "number") return origin;
  return extendOrigin(origin, access) ?? origin;
}
