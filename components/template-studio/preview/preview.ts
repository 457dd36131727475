import type { VtlOverrides } from "@/server/vtl";
import type { EditorMarker } from "../../code-editor/code-editor";
import type { StudioSample } from "../sample";
import { type LineSplice, linesOf, spliceBetween } from "./line-splice";
import type {
  PreviewFacts,
  PreviewFailure,
  PreviewFindings,
  PreviewInspection,
  PreviewReply,
  PreviewRequest,
  PreviewTrace,
} from "./preview-protocol";
import { QuickRender } from "./quick-render";
import { whenIdle } from "./when-idle";

const LONGEST_RENDER_MS = 1000;
/** The worker may still be busy with the trace of the render before. */
const LONGEST_WITH_TRACE_MS = 5000;
/** Longer than the time between two keys: what is said about an output must not be in the way of the next one. */
const PAUSE_MS = 220;
const NO_MARKERS: readonly EditorMarker[] = [];

export type PreviewState = {
  /** False until there was an output. With an `error`, the output is the one from before. */
  hasOutput: boolean;
  isTemplateEmpty: boolean;
  overrides: VtlOverrides | undefined;
  error: PreviewFailure | null;
  durationMs: number;
  /** Whether the output should be JSON. */
  wantsJson: boolean;
  facts: PreviewFacts | null;
  /** What goes wrong with the sample; those of the text before last, while typing. */
  markers: readonly EditorMarker[];
  /** The steps, if they are asked for; while a newer trace is made, those from before. */
  trace: PreviewTrace | null;
};

const failure = (message: string): PreviewFailure => ({ message, line: null, column: null, place: "" });
const tooLong = (ms: number) =>
  failure(`The template ran longer than ${ms / 1000} s and was stopped. Look for a loop over a large list.`);

type Wanted = {
  template: string;
  sample: StudioSample;
  isPretty: boolean;
  isTraced: boolean;
  wantsJson: boolean;
};
type Message = PreviewReply | PreviewInspection | PreviewFindings | PreviewTrace | "ready" | null;

function newsOf(data: PreviewInspection | PreviewFindings | PreviewTrace): Partial<PreviewState> {
  if (data.kind === "inspection") return { facts: data.facts };
  return data.kind === "findings" ? { markers: data.markers } : { trace: data };
}

/**
 * The output of a template for a sample, outside React: a key costs a render and a change of the lines it changes. Quick
 * renders are done here, others in a worker, one at a time; what is asked for meanwhile is replaced by what is asked last.
 */
export class Preview {
  #lines: readonly string[] = [];
  readonly #quick = new QuickRender(() => performance.now());
  readonly #listeners = new Set<() => void>();
  readonly #lineListeners = new Set<(splice: LineSplice) => void>();
  #state: PreviewState = {
    hasOutput: false,
    isTemplateEmpty: false,
    overrides: undefined,
    error: null,
    durationMs: 0,
    wantsJson: false,
    facts: null,
    markers: NO_MARKERS,
    trace: null,
  };
  #given: Partial<Wanted> = {};
  #wanted: Wanted | null = null;
  #isTold = false;
  #isAsked = false;
  /** What the output belongs to, or will. */
  #asked: Wanted | null = null;
  /** The sample the worker has. */
  #sentSample: StudioSample | null = null;
  #counter = 0;
  #lastMs = 0;
  #rehearsedFor: StudioSample | null = null;
  #worker: Worker | null = null;
  #isReady = false;
  #isRunning = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #pause: ReturnType<typeof setTimeout> | null = null;
  #stopRehearsal: (() => void) | null = null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): PreviewState => this.#state;

  /** The lines shown so far as one splice, then every change of them. */
  readonly follow = (listener: (splice: LineSplice) => void): (() => void) => {
    listener({ from: 0, remove: 0, lines: [...this.#lines] });
    this.#lineListeners.add(listener);
    return () => this.#lineListeners.delete(listener);
  };

  readonly text = (): string => this.#lines.join("");

  /**
   * Renders anew, with what is given in place of what was; the first time, once template and sample are there. It does so
   * after the event it is told in: an editor that measures itself meanwhile need not lay out a changed output.
   */
  show(change: Partial<Wanted>): void {
    if (!this.#isTold) queueMicrotask(() => this.#showGiven());
    this.#isTold = true;
    this.#given = { ...this.#given, ...change };
  }

  #showGiven(): void {
    if (!this.#isTold) return;
    this.#isTold = false;
    const { template, sample, isPretty = false, isTraced = false, wantsJson = false } = this.#given;
    if (template === undefined || sample === undefined) return;
    const before = this.#wanted;
    const wanted = { template, sample, isPretty, isTraced, wantsJson };
    if (before && (Object.keys(wanted) as (keyof Wanted)[]).every((name) => before[name] === wanted[name]))
      return;
    this.#wanted = wanted;
    this.#worker ??= this.#spawn();
    if (this.#showQuickly(wanted)) return;
    this.#isAsked = true;
    this.#startNext();
  }

  /** Renders here if that takes no time; when typing pauses, the worker says what there is to say about it. */
  #showQuickly(wanted: Wanted): boolean {
    if (!this.#isReady || this.#isRunning) return false;
    const reply = this.#quick.answer({ id: this.#counter + 1, ...wanted });
    if (!reply) return false;
    this.#isAsked = false;
    this.#counter++;
    this.#asked = wanted;
    this.#finish(reply);
    this.#pause = setTimeout(() => this.#post(wanted, true), PAUSE_MS);
    return true;
  }

  /** Sends to the worker what it is to render, or to speak about only. */
  #post(wanted: Wanted, isShown: boolean): void {
    const { sample, ...rest } = wanted;
    const isNew = this.#sentSample !== sample;
    this.#sentSample = sample;
    const request: PreviewRequest = { id: this.#counter, ...rest, ...(isNew && { sample }), isShown };
    this.#worker?.postMessage(request);
  }

  /** Makes the page's own engine quick, whenever nothing else is to be done. */
  #rehearse(): void {
    const asked = this.#asked;
    if (!asked || this.#rehearsedFor === asked.sample) return;
    this.#stopRehearsal?.();
    this.#stopRehearsal = whenIdle(() => {
      const goesOn = this.#quick.rehearse(this.#asked ?? asked);
      if (!goesOn) this.#rehearsedFor = asked.sample;
      return goesOn;
    });
  }

  #stopTimers(): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#pause) clearTimeout(this.#pause);
    this.#timer = null;
    this.#pause = null;
  }

  dispose(): void {
    this.#isTold = false;
    this.#stopTimers();
    this.#stopRehearsal?.();
    this.#worker?.terminate();
    this.#worker = null;
    this.#isReady = false;
    this.#isRunning = false;
    this.#sentSample = null;
  }

  #spawn(): Worker {
    const worker = new Worker(new URL("./render-worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data === "ready") this.#isReady = true;
      else if (data?.kind === "output") this.#finish(data);
      else if (data?.id === this.#counter) this.#set({ ...newsOf(data), durationMs: this.#lastMs });
      this.#startNext();
    };
    worker.onerror = ({ message }) => this.#fail(failure(`The engine did not start: ${message}`), 0);
    return worker;
  }

  #startNext(): void {
    const wanted = this.#wanted;
    if (!this.#isReady || this.#isRunning || !this.#isAsked || !wanted) return;
    this.#isAsked = false;
    this.#isRunning = true;
    this.#stopTimers();
    this.#counter++;
    this.#asked = wanted;
    this.#post(wanted, false);
    const ms = wanted.isTraced ? LONGEST_WITH_TRACE_MS : LONGEST_RENDER_MS;
    this.#timer = setTimeout(() => this.#fail(tooLong(ms), ms), ms);
  }

  #finish({ text, overrides, error, durationMs }: PreviewReply): void {
    this.#stopTimers();
    this.#isRunning = false;
    this.#lastMs = durationMs;
    if (text !== undefined) {
      const lines = linesOf(text);
      const splice = spliceBetween(this.#lines, lines);
      this.#lines = lines;
      for (const listener of this.#lineListeners) listener(splice);
    }
    if (this.#asked) this.#quick.note(durationMs, this.#asked.sample);
    if (!error) this.#rehearse();
    const isTemplateEmpty = this.#asked?.template === "";
    const trace = this.#asked?.isTraced ? this.#state.trace : null;
    const wantsJson = this.#asked?.wantsJson ?? false;
    const news = { isTemplateEmpty, trace, wantsJson };
    if (error) this.#set({ ...news, durationMs, error, facts: null, markers: NO_MARKERS });
    else this.#set({ ...news, hasOutput: true, error: null, overrides });
  }

  /** Gives up a render, and the worker with it. */
  #fail(error: PreviewFailure, durationMs: number): void {
    this.dispose();
    this.#set({ error, durationMs, facts: null, markers: NO_MARKERS, trace: null });
    if (!this.#isAsked) return;
    this.#worker = this.#spawn();
  }

  #set(change: Partial<PreviewState>): void {
    const names = Object.keys(change) as (keyof PreviewState)[];
    if (names.every((name) => this.#state[name] === change[name])) return;
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
