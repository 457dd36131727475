import { describeOrigin, describeStep, type OutputRange, renderTraced } from "@/server/vtl";
import type { StudioSample } from "../sample";
import type { PreviewTrace, TraceRow } from "./preview-protocol";
import { bindingsOf, previewLimits } from "./render-preview";

const MOST_STEPS = 5000;
const EXCERPT_LENGTH = 80;

/** What a template does with the sample, in words: what the list shows is all that crosses over to the page. */
export function tracePreview(template: string, sample: StudioSample): Omit<PreviewTrace, "kind" | "id"> {
  const limits = { steps: MOST_STEPS, sources: 1 };
  const { output, trace } = renderTraced(template, bindingsOf(sample), {
    limits: previewLimits,
    trace: limits,
  });
  const rows = trace.steps.map((step): TraceRow => {
    const { index, line, span, depth, source, changes, output: range, origin, failed } = step;
    const words = describeStep(step);
    return {
      ...{ index, line, span, depth, source, changes, output: range },
      what: words.what,
      value: words.what === "text" ? excerpt(output, range) : words.value,
      from: origin === null || origin.kind === "template" ? "" : describeOrigin(origin),
      failed: failed ?? false,
    };
  });
  return { output, rows, dropped: trace.droppedSteps };
}

/** The beginning of what was written, in one line. */
function excerpt(output: string, range: OutputRange | null): string {
  if (range === null) return "";
  return output.slice(range.from, Math.min(range.to, range.from + EXCERPT_LENGTH)).replace(/\r?\n/g, "↵");
}
