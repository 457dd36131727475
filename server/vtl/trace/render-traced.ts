import { compileRendering, plainCompilers } from "@/server/vtl/compile-template";
import { resolveLimits } from "@/server/vtl/render-limits";
import type { RenderBindings, RenderLimits } from "@/server/vtl/render-types";
import { KnownOrigins } from "@/server/vtl/trace/reference-origin";
import { TraceRecorder } from "@/server/vtl/trace/trace-recorder";
import type { TracedResult, TraceLimits } from "@/server/vtl/trace/trace-types";
import { TracedCompilation } from "@/server/vtl/trace/traced-compilers";
import { NamedSlots, TracedFrame } from "@/server/vtl/trace/traced-frame";
import { Budget } from "@/server/vtl/values/budget";
import { VtlError } from "@/server/vtl/vtl-error";

const defaultTraceLimits: TraceLimits = { steps: 10_000, sources: 50_000, previewLength: 200 };

export type TraceOptions = {
  readonly name?: string;
  readonly limits?: Partial<RenderLimits>;
  readonly trace?: Partial<TraceLimits>;
};

/**
 * Compiles a template for one render and records what that does, step by step, and where each piece of the output
 * came from. Output, overrides and errors are those of `compileTemplate(source).render(bindings)`; a VtlError is not
 * thrown but returned with the output and the trace up to it. It costs several times as much as a render.
 */
export function renderTraced(
  source: string,
  bindings: RenderBindings,
  options: TraceOptions = {},
): TracedResult {
  const recorder = new TraceRecorder({ ...defaultTraceLimits, ...options.trace });
  const slots = new NamedSlots();
  const tracing = new TracedCompilation(plainCompilers, recorder, new KnownOrigins(bindings.input));
  let frame: TracedFrame | null = null;
  try {
    const name = options.name ?? "template";
    const rendering = compileRendering(source, { name, slots, compile: tracing.compilers });
    const { values, contextMap } = rendering.bind(bindings);
    const limits = resolveLimits(options.limits);
    const { loopRounds } = limits;
    frame = new TracedFrame(values, { recorder, slots }, { budget: new Budget(limits), loopRounds });
    const result = rendering.runIn(frame, contextMap);
    return { ...result, error: null, trace: recorder.trace() };
  } catch (error) {
    if (!(error instanceof VtlError)) throw error;
    return { output: frame?.out ?? "", overrides: {}, error, trace: recorder.trace() };
  }
}
