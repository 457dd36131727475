import type {
  CompileContext,
  CompiledExpression,
  CompiledReference,
  Compilers,
} from "@/server/vtl/compiler/compile-context";
import type { Frame, Render } from "@/server/vtl/compiler/frame";
import type { Token } from "@/server/vtl/lexer/token";
import type { ExpressionNode, ReferenceNode } from "@/server/vtl/parser/syntax-tree";
import { combineOrigins } from "@/server/vtl/trace/extend-origin";
import { type Observe, type OriginOf, observeVariable } from "@/server/vtl/trace/observe-variable";
import { type KnownOrigins, referenceOrigin } from "@/server/vtl/trace/reference-origin";
import { placeOf } from "@/server/vtl/trace/step-places";
import { fromTemplate, type TraceRecorder } from "@/server/vtl/trace/trace-recorder";
import type { TraceOrigin } from "@/server/vtl/trace/trace-types";
import { tracedBlock } from "@/server/vtl/trace/traced-statements";

type Watch = (value: unknown, frame: Frame) => void;
const unobserved: Observe = (_frame, run) => run();
export type AroundTest = (test: () => boolean, frame: Frame) => boolean;
export type AroundBlock = (render: Render) => Render;

/**
 * Compiles one template for one traced render: the compilers are the usual ones, with recording closures around what
 * they give. What a statement wants to know of its parts it says here before these are compiled.
 */
export class TracedCompilation {
  readonly compilers: Compilers;
  private readonly origins = new Map<object, OriginOf>();
  /** For the expression being compiled, and those around it: origins of the references in it. */
  private readonly collected: OriginOf[][] = [];
  private readonly watches = new Map<object, Watch>();
  private readonly observers = new Map<object, Observe>();
  readonly aroundTests = new Map<object, AroundTest>();
  readonly aroundBlocks = new Map<object, AroundBlock>();

  constructor(
    private readonly plain: Compilers,
    readonly recorder: TraceRecorder,
    readonly known: KnownOrigins,
  ) {
    this.compilers = {
      expression: (node, context) => this.expression(node, context),
      argument: plain.argument,
      reference: (node, context) => this.reference(node, context),
      block: (node, context) => tracedBlock(node, context, this),
      parse: plain.parse,
    };
  }

  /** Keeps the value of an expression each time it is evaluated. */
  watch(node: object, then?: Watch): void {
    this.watches.set(node, (value, frame) => {
      this.known.values.set(node, value);
      then?.(value, frame);
    });
  }

  /** Where the value of a compiled expression came from when it was evaluated last. */
  originOf(node: object): TraceOrigin {
    return (this.origins.get(node) ?? fromTemplate)();
  }

  /** What runs an evaluation of a reference and notices whether its variable's list or map was changed by it. */
  observer(node: object): Observe {
    return this.observers.get(node) ?? unobserved;
  }

  private expression(node: ExpressionNode, context: CompileContext): CompiledExpression {
    const pieces: OriginOf[] = [];
    this.collected.push(pieces);
    const compiled = this.plain.expression(node, context);
    this.collected.pop();
    this.collected.at(-1)?.push(...pieces);
    if (node.type !== "reference") {
      const { source } = placeOf({ first: leftmost(node), last: node.last }, context);
      this.origins.set(node, () =>
        pieces.length === 0
          ? fromTemplate()
          : combineOrigins(
              source,
              pieces.map((piece) => piece()),
            ),
      );
    }
    return this.watched(node, compiled);
  }

  private watched(node: ExpressionNode, compiled: CompiledExpression): CompiledExpression {
    const watch = this.watches.get(node);
    const around = this.aroundTests.get(node);
    if (watch !== undefined) {
      const { value } = compiled;
      return {
        ...compiled,
        value: (frame) => {
          const result = value(frame);
          watch(result, frame);
          return result;
        },
      };
    }
    if (around === undefined) return compiled;
    return { ...compiled, test: (frame) => around(() => compiled.test(frame), frame) };
  }

  private reference(node: ReferenceNode, context: CompileContext): CompiledReference {
    for (const step of node.steps) {
      if (step.type === "index") this.watch(step.index);
      if (step.type === "method") for (const arg of step.args) this.watch(arg);
    }
    const isPrinted = isEscaped(node);
    const pieces: OriginOf[] = [];
    this.collected.push(pieces);
    const compiled = this.plain.reference(node, context);
    this.collected.pop();
    const place = placeOf(node, context);
    const { root } = compiled;
    const originOf = (): TraceOrigin =>
      isPrinted
        ? fromTemplate()
        : referenceOrigin(
            { node, root, text: place.source },
            this.known,
            pieces.map((piece) => piece()),
          );
    this.origins.set(node, originOf);
    this.collected.at(-1)?.push(originOf);
    if (node.steps.some(({ type }) => type === "method")) {
      const slot = context.slots.slot(root);
      this.observers.set(node, observeVariable({ name: root, slot, place, pieces }, this));
    }
    // In a string a reference only gives its text.
    if (context.positions.isNested) return compiled;
    const { recorder } = this;
    const observe = this.observer(node);
    const render: Render = (frame) => {
      const open = recorder.begin("reference", place, originOf);
      recorder.during(open, () => observe(frame, () => compiled.render(frame)));
      if (open.kept === null) return;
      // A block prints by its own statements.
      const isBlock = open.printed === "" && open.kept.output?.from !== open.kept.output?.to;
      open.kept.value = isBlock ? null : recorder.shortened(open.printed);
      open.kept.origin = originOf();
      open.kept.changes = recorder.takeChanges();
    };
    return { ...compiled, render };
  }
}

/** A reference that prints its own source text. */
function isEscaped({ first }: ReferenceNode): boolean {
  const backslashes = /^\\*/.exec(first.image)?.[0].length ?? 0;
  return backslashes % 2 === 1 || first.image.includes("\\!") || !/[$]/.test(first.image);
}

/** The extent of an operation begins at its right side, as Velocity's does. */
function leftmost(node: ExpressionNode): Token {
  return node.type === "binary" ? leftmost(node.left) : node.first;
}
