import type { CompileContext } from "@/server/vtl/compiler/compile-context";
import { compileStatement } from "@/server/vtl/compiler/compile-statements";
import type { Frame, Render } from "@/server/vtl/compiler/frame";
import type { ReferenceStep, SetNode } from "@/server/vtl/parser/syntax-tree";
import { variableOrigin } from "@/server/vtl/trace/extend-origin";
import { noteMembers } from "@/server/vtl/trace/observe-variable";
import type { KnownOrigins } from "@/server/vtl/trace/reference-origin";
import { directivePlace, placeOf } from "@/server/vtl/trace/step-places";
import type { StepPlace } from "@/server/vtl/trace/trace-recorder";
import type { TracedCompilation } from "@/server/vtl/trace/traced-compilers";
import { isPlainMap } from "@/server/vtl/values/is-plain-map";

/** #set with the value it stored, the variable or member it changed, and where the value came from. */
export function tracedSet(node: SetNode, context: CompileContext, tracing: TracedCompilation): Render {
  const { recorder, known } = tracing;
  const { target, value } = node;
  tracing.watch(value);
  for (const step of target.steps) if (step.type === "index") tracing.watch(step.index);
  const compiled = compileStatement(node, context) as Render;
  const place = directivePlace(node, context);
  const observe = tracing.observer(value);
  const store = target.steps.length === 0 ? variable(node, place) : member(node, place, context);
  return (frame) => {
    const open = recorder.begin("set", place);
    known.values.delete(value);
    const stored = store(frame, tracing);
    recorder.during(open, () => observe(frame, () => compiled(frame)));
    const result = known.values.get(value) ?? null;
    const origin = tracing.originOf(value);
    if (result !== null) stored(result);
    if (open.kept === null) return;
    open.kept.value = recorder.preview(result);
    open.kept.origin = origin;
    open.kept.changes = recorder.takeChanges();
  };
}

/** Looks at the target before a #set; the result is to be called with the value that was stored. */
type Store = (frame: Frame, tracing: TracedCompilation) => (result: unknown) => void;

function variable(node: SetNode, place: StepPlace): Store {
  const name = node.target.first.image.slice(1);
  return (_frame, tracing) => {
    return () => tracing.known.setVariable(name, variableOrigin(name, place, tracing.originOf(node.value)));
  };
}

function member({ target, value }: SetNode, place: StepPlace, context: CompileContext): Store {
  const name = placeOf(target, context)
    .source.replace(/^\$!?/, "")
    .replace(/^\{(.*)\}$/s, "$1");
  const root = (name.match(/^[\w-]*/) as RegExpMatchArray)[0];
  const slot = context.slots.slot(root);
  const [first, ...more] = target.steps;
  return (frame, tracing) => {
    const { recorder, known } = tracing;
    const before = readMember(frame.slots[slot], target.steps, known);
    return (result) => {
      if (frame.slots[slot] == null) return;
      recorder.noteChange(name, before, result);
      const origin = tracing.originOf(value);
      noteMembers(known, { name: root, place, added: [origin] });
      const access = more.length === 0 ? known.accessOf(first) : null;
      if (access !== null) known.members.set(`${root}.${access}`, variableOrigin(name, place, origin));
    };
  };
}

/** The member a target stands for, where reading it has no effect; else undefined. */
function readMember(owner: unknown, steps: readonly ReferenceStep[], known: KnownOrigins): unknown {
  let value = owner;
  for (const step of steps) {
    // An index is not evaluated yet; and asking $context for a member makes it.
    if (step.type !== "identifier" || !isPlainMap(value)) return undefined;
    value = value.get(known.accessOf(step));
  }
  return value;
}
