import { collectOverrides } from "@/server/vtl/bindings/context/collect-overrides";
import { ContextMap } from "@/server/vtl/bindings/context/context-map";
import { InputBinding } from "@/server/vtl/bindings/input/input-binding";
import { mapFromRecord } from "@/server/vtl/bindings/map-from-record";
import { utilBinding } from "@/server/vtl/bindings/util/util-binding";
import { CompileContext, type Compilers, SlotTable } from "@/server/vtl/compiler/compile-context";
import { compileArgument, compileExpression } from "@/server/vtl/compiler/compile-expression";
import { compileReference } from "@/server/vtl/compiler/compile-reference";
import { compileBlock } from "@/server/vtl/compiler/compile-statements";
import { Frame, type Render } from "@/server/vtl/compiler/frame";
import { renderParts } from "@/server/vtl/compiler/render-parts";
import { SourcePositions } from "@/server/vtl/lexer/source-positions";
import { parseTemplate } from "@/server/vtl/parser/parse-template";
import { resolveLimits } from "@/server/vtl/render-limits";
import type { CompiledTemplate, RenderBindings, RenderLimits, RenderResult } from "@/server/vtl/render-types";
import { Budget } from "@/server/vtl/values/budget";
import { JavaException } from "@/server/vtl/values/java-exception";
import { StopSignal } from "@/server/vtl/values/java-objects";
import { limitError } from "@/server/vtl/values/limit-error";
import { VtlError } from "@/server/vtl/vtl-error";

/** The usual compilers; a traced render puts recording ones around them. */
export const plainCompilers: Compilers = {
  expression: compileExpression,
  argument: compileArgument,
  reference: compileReference,
  block: compileBlock,
  parse: (positions, { templateName, macroNames }) => parseTemplate(positions, { templateName, macroNames }),
};

/**
 * Compiles a mapping template: Velocity 1.7's language as API Gateway runs it. Nothing is parsed when it is rendered.
 * Throws a VtlError of kind "parse", also for mistakes in double-quoted strings that would never be reached.
 */
export function compileTemplate(source: string, options: { name?: string } = {}): CompiledTemplate {
  const name = options.name ?? "template";
  const rendering = compileRendering(source, { name, slots: new SlotTable(), compile: plainCompilers });
  return { name, source, render: (bindings, limits) => rendering.run(bindings, limits) };
}

/** As `compileTemplate`, by any compilers. */
export function compileRendering(
  source: string,
  { name, slots, compile }: { name: string; slots: SlotTable; compile: Compilers },
): Rendering {
  const context = new CompileContext(
    { compile, slots, templateName: name, macroNames: new Set() },
    new SourcePositions(source),
  );
  const body = renderParts(compileWhole(context));
  const bound = {
    input: slots.known("input"),
    util: slots.known("util"),
    context: slots.known("context"),
    stageVariables: slots.known("stageVariables"),
  };
  return new Rendering(body, { name, slots, bound });
}

function compileWhole(context: CompileContext) {
  try {
    return context.block(context.compile.parse(context.positions, context));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw context.mistake("too-deep", "The template is nested too deeply.", null);
  }
}

type BoundSlots = Record<"input" | "util" | "context" | "stageVariables", number | undefined>;

type Bound = { readonly values: unknown[]; readonly contextMap: ContextMap | null };

/** A compiled template's body and what it is given. */
export class Rendering {
  constructor(
    private readonly body: Render,
    private readonly template: { name: string; slots: SlotTable; bound: BoundSlots },
  ) {}

  run(bindings: RenderBindings, limits: Partial<RenderLimits> | undefined): RenderResult {
    const resolved = resolveLimits(limits);
    const bound = this.bind(bindings);
    return this.runIn(new Frame(bound.values, new Budget(resolved), resolved.loopRounds), bound.contextMap);
  }

  /** The variables a render begins with. */
  bind(bindings: RenderBindings): Bound {
    const { slots, bound } = this.template;
    const values: unknown[] = new Array(slots.size).fill(null);
    if (bound.input !== undefined) values[bound.input] = new InputBinding(bindings.input);
    if (bound.util !== undefined) values[bound.util] = utilBinding;
    if (bound.stageVariables !== undefined) {
      values[bound.stageVariables] = mapFromRecord(bindings.stageVariables);
    }
    const contextMap = bound.context === undefined ? null : new ContextMap(bindings.context);
    if (bound.context !== undefined) values[bound.context] = contextMap;
    return { values, contextMap };
  }

  runIn(frame: Frame, contextMap: ContextMap | null): RenderResult {
    try {
      this.body(frame);
    } catch (error) {
      if (!(error instanceof StopSignal) || typeof error.target === "object") throw this.toVtlError(error);
    }
    return { output: frame.out, overrides: contextMap === null ? {} : this.overrides(contextMap, frame) };
  }

  private overrides(contextMap: ContextMap, frame: Frame): RenderResult["overrides"] {
    try {
      return collectOverrides(contextMap, frame);
    } catch (error) {
      throw this.toVtlError(error);
    }
  }

  private toVtlError(error: unknown): VtlError {
    const templateName = this.template.name;
    if (error instanceof VtlError) return error;
    if (error instanceof RangeError) return limitError("stack");
    const reason =
      error instanceof StopSignal
        ? "#break left a loop that had ended already"
        : error instanceof JavaException
          ? error.toString()
          : String(error);
    return new VtlError({
      kind: "render",
      code: "evaluation-failed",
      message: reason,
      templateName,
      cause: error,
    });
  }
}
