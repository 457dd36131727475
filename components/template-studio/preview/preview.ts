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

const LONGEST_RENDER_MS = 1000;
/** The worker may still be busy with the trace of the render before. */
const LONGEST_WITH_TRACE_MS = 5000;

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
    markers: [],
    trace: null,
  };
  #given: Partial<Wanted> = {};
  #wanted: Wanted | null = null;
  #isAsked = false;
  #sent: Wanted | null = null;
  #counter = 0;
  #worker: Worker | null = null;
  #isReady = false;
  #isRunning = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

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

  /** Renders anew, with what is given in place of what was; the first time, once template and sample are there. */
  show(change: Partial<Wanted>): void {
    const given = { ...this.#given, ...change };
    const { template, sample, isPretty = false, isTraced = false, wantsJson = false } = given;
    this.#given = given;
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

  /** Renders here if that takes no time; the worker then only says what there is to say about it. */
  #showQuickly(wanted: Wanted): boolean {
    if (!this.#isReady || this.#isRunning) return false;
    const reply = this.#quick.answer({ id: this.#counter + 1, ...wanted });
    if (!reply) return false;
    this.#isAsked = false;
    this.#worker?.postMessage({ ...this.#nextRequest(wanted), isShown: true });
    this.#finish(reply);
    return true;
  }

  #nextRequest(wanted: Wanted): PreviewRequest {
    this.#counter++;
    const { sample, ...rest } = wanted;
    const isNew = this.#sent?.sample !== sample;
    this.#sent = wanted;
    return { id: this.#counter, ...rest, ...(isNew && { sample }) };
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#worker?.terminate();
    this.#worker = null;
    this.#isReady = false;
    this.#isRunning = false;
    this.#sent = null;
  }

  #spawn(): Worker {
    const worker = new Worker(new URL("./render-worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<Message>) => {
      if (data === "ready") this.#isReady = true;
      else if (data?.kind === "output") this.#finish(data);
      else if (data?.id === this.#counter) this.#set(newsOf(data));
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
    this.#worker?.postMessage(this.#nextRequest(wanted));
    const ms = wanted.isTraced ? LONGEST_WITH_TRACE_MS : LONGEST_RENDER_MS;
    this.#timer = setTimeout(() => this.#fail(tooLong(ms), ms), ms);
  }

  #finish({ text, overrides, error, durationMs }: PreviewReply): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#isRunning = false;
    if (text !== undefined) {
      const lines = linesOf(text);
      const splice = spliceBetween(this.#lines, lines);
      this.#lines = lines;
      for (const listener of this.#lineListeners) listener(splice);
    }
    if (this.#sent) this.#quick.note(durationMs, this.#sent.sample);
    const isTemplateEmpty = this.#sent?.template === "";
    const trace = this.#sent?.isTraced ? this.#state.trace : null;
    const wantsJson = this.#sent?.wantsJson ?? false;
    const news = { durationMs, isTemplateEmpty, trace, wantsJson };
    if (error) this.#set({ ...news, error, facts: null, markers: [] });
    else this.#set({ ...news, hasOutput: true, error: null, overrides });
  }

  /** Gives up a render, and the worker with it. */
  #fail(error: PreviewFailure, durationMs: number): void {
    this.dispose();
    this.#set({ error, durationMs, facts: null, markers: [], trace: null });
    if (!this.#isAsked) return;
    this.#worker = this.#spawn();
  }

  #set(change: Partial<PreviewState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
