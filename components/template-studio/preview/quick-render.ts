import { VtlError } from "@/server/vtl";
import { prettyJson } from "../../test-runner/pretty-json";
import type { StudioSample } from "../sample";
import type { PreviewReply } from "./preview-protocol";
import { failureOf, renderPreview } from "./render-preview";

/** What may be rendered between a key and the frame that shows it. */
const QUICK_MS = 8;
const LONGEST_MS = 16;
/** The best of so many renders counts: on a busy machine one can take long for no reason of its own. */
const REMEMBERED = 4;
const LONGEST_TEMPLATE = 100_000;

type Quick = { id: number; template: string; sample: StudioSample; isPretty: boolean };

/**
 * Renders on the page's own thread, where the last renders were quick enough to be over before the next frame: the output
 * then changes in the same frame as the text. Time is bounded; whatever is slower is for the worker.
 */
export class QuickRender {
  #recentMs: number[] = [];
  #sample: StudioSample | null = null;

  constructor(private readonly now: () => number) {}

  /** Every render, the worker's too, tells how long the next one will take. */
  note(durationMs: number, sample: StudioSample): void {
    if (this.#sample !== sample) this.#recentMs = [];
    this.#sample = sample;
    this.#recentMs = [...this.#recentMs.slice(1 - REMEMBERED), durationMs];
  }

  /** The output, or null where the worker should be asked. */
  answer({ id, template, sample, isPretty }: Quick): PreviewReply | null {
    const isQuick = Math.min(...this.#recentMs) <= QUICK_MS;
    if (!isQuick || this.#sample !== sample || template.length > LONGEST_TEMPLATE) return null;
    const startedAt = this.now();
    try {
      const limits = { nowMs: this.now, maxMs: LONGEST_MS };
      const { output, overrides } = renderPreview(template, sample, limits);
      const durationMs = this.now() - startedAt;
      const text = isPretty ? (prettyJson(output) ?? output) : output;
      return { kind: "output", id, durationMs, overrides, text };
    } catch (error) {
      if (error instanceof VtlError && error.kind === "limit") {
        this.#recentMs = [];
        return null;
      }
      return { kind: "output", id, durationMs: this.now() - startedAt, error: failureOf(error, template) };
    }
  }
}
