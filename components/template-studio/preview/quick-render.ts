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
/** What a rehearsal may take, and how many a sample gets: by then the browser has compiled the engine. */
const REHEARSAL_MS = 50;
const REHEARSALS = 40;
const REHEARSALS_OVER = 3;

type Quick = { id: number; template: string; sample: StudioSample; isPretty: boolean };

/**
 * Renders on the page's own thread, where the last renders were quick enough to be over before the next frame: the output
 * then changes in the same frame as the text. Time is bounded; whatever is slower is for the worker.
 */
export class QuickRender {
  #recentMs: number[] = [];
  #sample: StudioSample | null = null;
  #rehearsals = 0;
  #overruns = 0;

  constructor(private readonly now: () => number) {}

  /** Every render, the worker's too, tells how long the next one will take. */
  note(durationMs: number, sample: StudioSample): void {
    if (this.#sample !== sample) {
      this.#recentMs = [];
      this.#rehearsals = 0;
      this.#overruns = 0;
    }
    this.#sample = sample;
    this.#recentMs = [...this.#recentMs.slice(1 - REMEMBERED), durationMs];
  }

  /**
   * Renders for nothing, while the page is idle: a browser runs code slowly that it has not run often. True while more of
   * it would help.
   */
  rehearse({ template, sample }: Pick<Quick, "template" | "sample">): boolean {
    if (this.#sample !== sample || template.length > LONGEST_TEMPLATE) return false;
    const startedAt = this.now();
    try {
      renderPreview(template, sample, { nowMs: this.now, maxMs: REHEARSAL_MS });
    } catch {
      // Its mistakes are told by the worker.
      return false;
    }
    const durationMs = this.now() - startedAt;
    this.note(durationMs, sample);
    if (durationMs > REHEARSAL_MS) this.#overruns++;
    return ++this.#rehearsals < REHEARSALS && this.#overruns < REHEARSALS_OVER;
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
