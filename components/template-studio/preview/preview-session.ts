import { checkTemplate, VtlError } from "@/server/vtl";
import { prettyJson } from "../../test-runner/pretty-json";
import type { StudioSample } from "../sample";
import { inspectOutput } from "./inspect-output";
import { linesOf, spliceBetween } from "./line-splice";
import type {
  PreviewFailure,
  PreviewFindings,
  PreviewInspection,
  PreviewReply,
  PreviewRequest,
  PreviewTrace,
} from "./preview-protocol";
import { renderPreview } from "./render-preview";
import { sampleFindings } from "./sample-findings";
import { tracePreview } from "./trace-preview";

type Latest = { id: number; template: string; sample: StudioSample; output: string; wantsJson: boolean };

/** One page's previews: remembers the sample and the lines the page shows, so that only changes travel. */
export class PreviewSession {
  #sample: StudioSample | null = null;
  #shown: string[] | null = null;
  #latest: Latest | null = null;
  #traced: Omit<Latest, "output" | "wantsJson"> | null = null;

  constructor(private readonly now: () => number) {}

  answer({ id, template, sample, isPretty, isTraced, wantsJson }: PreviewRequest): PreviewReply {
    const startedAt = this.now();
    if (sample) this.#sample = sample;
    this.#latest = null;
    if (!this.#sample) throw new Error("The first request brings the sample");
    this.#traced = isTraced ? { id, template, sample: this.#sample } : null;
    try {
      const { output, overrides } = renderPreview(template, this.#sample);
      const durationMs = this.now() - startedAt;
      const lines = linesOf(isPretty ? (prettyJson(output) ?? output) : output);
      const splice = {
        ...spliceBetween(this.#shown ?? [], lines),
        ...(this.#shown === null && { isWhole: true }),
      };
      this.#shown = lines;
      this.#latest = { id, template, sample: this.#sample, output, wantsJson };
      return { kind: "output", id, durationMs, overrides, splice };
    } catch (error) {
      return { kind: "output", id, durationMs: this.now() - startedAt, error: failureOf(error, template) };
    }
  }

  /** What is to be said about the newest output; null if there is none. */
  inspect(): PreviewInspection | null {
    if (!this.#latest) return null;
    const { id, output } = this.#latest;
    return { kind: "inspection", id, facts: inspectOutput(output).facts };
  }

  /** What goes wrong with the sample. It renders once more, with a trace, which costs several times as much. */
  findings(): PreviewFindings | null {
    if (!this.#latest) return null;
    const { id, output, wantsJson } = this.#latest;
    const mistake = wantsJson ? inspectOutput(output).mistake : null;
    return { kind: "findings", id, markers: sampleFindings(this.#latest, mistake) };
  }

  /** The steps of the newest request, also of one that failed; null unless they were asked for. */
  trace(): PreviewTrace | null {
    if (!this.#traced) return null;
    const { id, template, sample } = this.#traced;
    return { kind: "trace", id, ...tracePreview(template, sample) };
  }
}

function failureOf(error: unknown, template: string): PreviewFailure {
  if (!(error instanceof VtlError))
    return { message: `The engine failed: ${String(error)}`, line: null, column: null, place: "" };
  const { message, line, column } = error;
  const remedy = checkTemplate(template).find((one) => one.message === message)?.remedy;
  return { message, line, column, place: error.formatted(template), ...(remedy && { remedy }) };
}
