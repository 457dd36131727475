import type { CompileContext, Part } from "@/server/vtl/compiler/compile-context";
import type { Frame, Render } from "@/server/vtl/compiler/frame";
import { readReferenceRoot } from "@/server/vtl/compiler/reference-root";
import { renderParts } from "@/server/vtl/compiler/render-parts";
import { blockWeight } from "@/server/vtl/directives/block-weight";
import type { Directive } from "@/server/vtl/directives/directive";
import { ListWalk, type Walk } from "@/server/vtl/directives/list-walk";
import type { DirectiveArgument, DirectiveNode } from "@/server/vtl/parser/syntax-tree";
import { JavaStream } from "@/server/vtl/values/collections/java-stream";
import { ForeachScope } from "@/server/vtl/values/foreach-scope";
import { JavaException, nullPointer } from "@/server/vtl/values/java-exception";
import { JavaArray, JavaIterator, MapView, StopSignal } from "@/server/vtl/values/java-objects";

/** Slots of the variables a loop sets; undefined where the template never mentions them. */
type LoopSlots = {
  readonly element: number;
  readonly scope: number | undefined;
  readonly count: number | undefined;
  readonly hasNext: number | undefined;
};

/** Memory for a loop's iterator and scope. */
const LOOP_UNITS = 100;

export const foreach: Directive = {
  name: "foreach",
  form: "block",
  signature: "#foreach($item in $list) … #end",
  documentation:
    "Repeats its body for every element of a list, value of a map or number of a range, at most 1000 times. " +
    "Inside, `$foreach.index`, `$foreach.count`, `$foreach.hasNext`, `$foreach.first` and `$foreach.last` tell the round.",
  insertText: "#foreach(\\$${1:item} in \\$${2:list})\n$0\n#end",
  compile: compileForeach,
};

function compileForeach(node: DirectiveNode, context: CompileContext): Render {
  const [variable, , list] = node.args;
  const args = node.args.map((arg) => context.compile.argument(arg, context));
  const name =
    variable?.type === "reference" ? readReferenceRoot(variable).name : variable?.first.image.slice(1);
  const body = node.block === null ? () => {} : renderParts(context.block(node.block));
  if (node.block === null || !node.called) {
    throw context.mistake("foreach-without-list", "#foreach needs a variable and a list.", null);
  }
  if (node.args.length < 2) {
    return () => {
      throw context.looseFailure(
        new JavaException("java.lang.ArrayIndexOutOfBoundsException", "no list"),
        "#foreach",
      );
    };
  }
  const source = args[2]?.value;
  if (source === undefined || list === undefined || name === undefined) return () => {};
  const element = context.slots.slot(name);
  const instead = node.args[3];
  const render = instead === undefined ? body : renderParts(printedReferences(instead, context));
  const loop = new Loop(element, render, context, node);
  return (frame) => {
    try {
      const value = source(frame);
      // Java gives no access to the class that a stream's iterator() is a method of.
      if (value instanceof JavaStream) {
        throw context.looseFailure(
          new JavaException("java.lang.IllegalAccessException", "iterator"),
          "#foreach",
        );
      }
      const walk = walkOver(value, frame);
      if (walk !== null) loop.run(walk, frame);
    } catch (error) {
      throw context.limitAt(error, node.first);
    }
  };
}

/** A fourth argument stands where Velocity looks for the body: the references in it are printed each round. */
function printedReferences(node: DirectiveArgument, context: CompileContext): Part[] {
  switch (node.type) {
    case "reference":
      return [context.compile.reference(node, context)];
    case "list":
      return node.items.flatMap((item) => printedReferences(item, context));
    case "map":
      return node.entries.flatMap(({ key, value }) =>
        [key, value].flatMap((n) => printedReferences(n, context)),
      );
    case "range":
      return [node.from, node.to].flatMap((bound) => printedReferences(bound, context));
    default:
      return [];
  }
}

/** What a loop walks over: lists, the values of maps, iterators; anything else is passed over. */
function walkOver(value: unknown, frame: Frame): Walk | null {
  frame.budget.hold(LOOP_UNITS);
  if (Array.isArray(value)) {
    if (!(value instanceof JavaArray)) return new ListWalk(value, value);
    return new JavaIterator({ owner: {}, list: null, items: value, remove: () => {} }, "ArrayIterator");
  }
  if (value instanceof MapView) {
    frame.budget.copy(value.map.size);
    return new ListWalk(value.items(), value.map);
  }
  if (value instanceof Map) {
    frame.budget.copy(value.size);
    return new ListWalk([...value.values()], value);
  }
  return value instanceof JavaIterator ? value : null;
}

class Loop {
  private slots: LoopSlots | null = null;
  private readonly placeOf = () => this.place();
  private readonly weight: number;

  constructor(
    private readonly element: number,
    private readonly body: Render,
    private readonly context: CompileContext,
    private readonly node: DirectiveNode,
  ) {
    this.weight = blockWeight(node);
  }

  /** Known only when the whole template has been compiled. */
  private resolveSlots(): LoopSlots {
    const { slots } = this.context;
    this.slots ??= {
      element: this.element,
      scope: slots.known("foreach"),
      count: slots.known("velocityCount"),
      hasNext: slots.known("velocityHasNext"),
    };
    return this.slots;
  }

  run(walk: Walk, frame: Frame): void {
    const slots = this.resolveSlots();
    const { element, scope, count, hasNext } = slots;
    const before = frame.slots[element];
    const countBefore = count === undefined ? null : frame.slots[count];
    const hasNextBefore = hasNext === undefined ? null : frame.slots[hasNext];
    const rounds =
      scope === undefined ? null : new ForeachScope(this, frame.slots[scope] ?? null, this.placeOf);
    if (scope !== undefined) frame.assign(scope, rounds);
    try {
      this.repeat(walk, rounds, frame);
    } catch (error) {
      if (!(error instanceof StopSignal)) throw error;
      if (!error.leaves(this)) {
        this.restore(frame, slots, { before, countBefore, hasNextBefore });
        throw error;
      }
    }
    this.restore(frame, slots, { before, countBefore, hasNextBefore });
  }

  private repeat(walk: Walk, rounds: ForeachScope | null, frame: Frame): void {
    const { element, count, hasNext } = this.resolveSlots();
    const { budget } = frame;
    const memory = frame.memoryOfPass(this.weight);
    let holding = true;
    for (let round = 1; walk.hasNext(); round++) {
      budget.spend(this.weight);
      if (memory > 0) budget.hold(memory);
      const value = this.next(walk) ?? null;
      const more = walk.hasNext();
      if (count !== undefined) frame.assign(count, round);
      if (hasNext !== undefined) frame.assign(hasNext, more);
      if (rounds !== null) {
        rounds.index++;
        rounds.hasNext = more;
      }
      if (value === null && holding) {
        frame.hold(element);
        try {
          this.body(frame);
        } finally {
          // Once a loop inside has let go of the variable, later rounds without an element do not hold it again.
          holding = frame.release(element);
        }
      } else {
        frame.assign(element, value);
        this.body(frame);
      }
      if (round >= frame.loopRounds) return;
    }
  }

  private next(walk: Walk): unknown {
    try {
      return walk.next();
    } catch (error) {
      throw this.context.looseFailure(error, "#foreach");
    }
  }

  private restore(
    frame: Frame,
    slots: LoopSlots,
    saved: { before: unknown; countBefore: unknown; hasNextBefore: unknown },
  ): void {
    if (saved.before === null || saved.before === undefined) frame.release(slots.element);
    frame.assign(slots.element, saved.before ?? null);
    if (slots.count !== undefined) frame.assign(slots.count, saved.countBefore ?? null);
    if (slots.hasNext !== undefined) frame.assign(slots.hasNext, saved.hasNextBefore ?? null);
    if (slots.scope === undefined) return;
    const current = frame.slots[slots.scope] ?? null;
    // The loop's own variable can be called "foreach"; Velocity then fails while it tidies up.
    if (current === null) throw this.context.looseFailure(nullPointer("scope"), "#foreach");
    if (current instanceof ForeachScope) frame.assign(slots.scope, current.parent ?? current.replaced);
  }

  private place(): { line: number; column: number; templateName: string } {
    const { positions, templateName } = this.context;
    return { ...positions.at(this.node.first.start), templateName };
  }
}
