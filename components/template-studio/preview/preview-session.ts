import { prettyJson } from "../../test-runner/pretty-json";
import type { StudioSample } from "../sample";
import { inspectOutput } from "./inspect-output";
import type {
  PreviewFindings,
  PreviewInspection,
  PreviewReply,
  PreviewRequest,
  PreviewTrace,
} from "./preview-protocol";
import { failureOf, renderPreview } from "./render-preview";
import { sampleFindings } from "./sample-findings";
import { tracePreview } from "./trace-preview";

type Latest = { id: number; template: string; sample: StudioSample; output: string; wantsJson: boolean };

/** One page's previews: remembers the sample, which travels only when it changes. */
export class PreviewSession {
  #sample: StudioSample | null = null;
  #latest: Latest | null = null;
  #traced: Omit<Latest, "output" | "wantsJson"> | null = null;

  constructor(private readonly now: () => number) {}

  /** Takes in the sample of a request that needs no answer now. */
  keep({ sample }: PreviewRequest): void {
    if (sample) this.#sample = sample;
  }

  /** Renders. Throws nothing but mistakes of ours. */
  answer({ id, template, sample, isPretty, isTraced, wantsJson }: PreviewRequest): PreviewReply {
    const startedAt = this.now();
    if (sample) this.#sample = sample;
    this.#latest = null;
    if (!this.#sample) throw new Error("The first request brings the sample");
    this.#traced = isTraced ? { id, template, sample: this.#sample } : null;
    try {
      const { output, overrides } = renderPreview(template, this.#sample);
      const durationMs = this.now() - startedAt;
      this.#latest = { id, template, sample: this.#sample, output, wantsJson };
      const text = isPretty ? (prettyJson(output) ?? output) : output;
      return { kind: "output", id, durationMs, overrides, text };
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
