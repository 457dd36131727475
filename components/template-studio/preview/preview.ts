import type { VtlOverrides } from "@/server/vtl";
import type { StudioSample } from "../sample";
import type { LineSplice } from "./line-splice";
import type { PreviewFailure, PreviewInspection, PreviewReply, PreviewRequest } from "./preview-protocol";

const LONGEST_RENDER_MS = 1000;

export type PreviewState = {
  /** False until there was an output. With an `error`, the output is the one from before. */
  hasOutput: boolean;
  isTemplateEmpty: boolean;
  overrides: VtlOverrides | undefined;
  error: PreviewFailure | null;
  durationMs: number;
  inspection: PreviewInspection | null;
};

const TOO_LONG: PreviewFailure = {
  message: `The template ran longer than ${LONGEST_RENDER_MS / 1000} s and was stopped. Look for a loop over a large list.`,
  line: null,
  column: null,
  place: "",
};

type Wanted = { template: string; sample: StudioSample; isPretty: boolean };

/**
 * The output of a template for a sample, rendered in a worker, outside React: a key costs one message each way and a
 * change of the lines it changes. One render at a time; what is asked for meanwhile is replaced by what is asked last.
 */
export class Preview {
  readonly #lines: string[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #lineListeners = new Set<(splice: LineSplice) => void>();
  #state: PreviewState = {
    hasOutput: false,
    isTemplateEmpty: false,
    overrides: undefined,
    error: null,
    durationMs: 0,
    inspection: null,
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
    listener({ from: 0, remove: 0, lines: [...this.#lines], isWhole: true });
    this.#lineListeners.add(listener);
    return () => this.#lineListeners.delete(listener);
  };

  readonly text = (): string => this.#lines.join("");

  /** Renders anew, with what is given in place of what was; the first time, once template and sample are there. */
  show(change: Partial<Wanted>): void {
    const given = { ...this.#given, ...change };
    const { template, sample, isPretty = false } = given;
    this.#given = given;
    if (template === undefined || sample === undefined) return;
    const before = this.#wanted;
    if (before?.template === template && before.sample === sample && before.isPretty === isPretty) return;
    this.#wanted = { template, sample, isPretty };
    this.#isAsked = true;
    this.#worker ??= this.#spawn();
    this.#startNext();
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
    worker.onmessage = ({ data }: MessageEvent<PreviewReply | PreviewInspection | "ready">) => {
      if (data === "ready") this.#isReady = true;
      else if (data.kind === "inspection") {
        if (data.id === this.#counter) this.#set({ inspection: data });
      } else this.#finish(data);
      this.#startNext();
    };
    worker.onerror = ({ message }) =>
      this.#fail({ ...TOO_LONG, message: `The engine did not start: ${message}` });
    return worker;
  }

  #startNext(): void {
    const wanted = this.#wanted;
    if (!this.#isReady || this.#isRunning || !this.#isAsked || !wanted) return;
    this.#isAsked = false;
    this.#isRunning = true;
    this.#counter++;
    const { template, sample, isPretty } = wanted;
    const request: PreviewRequest = {
      id: this.#counter,
      template,
      isPretty,
      ...(this.#sent?.sample !== sample && { sample }),
    };
    this.#sent = wanted;
    this.#worker?.postMessage(request);
    this.#timer = setTimeout(() => this.#fail(TOO_LONG), LONGEST_RENDER_MS);
  }

  #finish({ splice, overrides, error, durationMs }: PreviewReply): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#isRunning = false;
    if (splice) {
      if (splice.isWhole) this.#lines.length = 0;
      this.#lines.splice(splice.from, splice.remove, ...splice.lines);
      for (const listener of this.#lineListeners) listener(splice);
    }
    const isTemplateEmpty = this.#sent?.template === "";
    if (error) this.#set({ error, durationMs, isTemplateEmpty, inspection: null });
    else this.#set({ hasOutput: true, error: null, overrides, durationMs, isTemplateEmpty });
  }

  /** Gives up a render, and the worker with it. */
  #fail(error: PreviewFailure): void {
    this.dispose();
    this.#set({ error, durationMs: LONGEST_RENDER_MS, inspection: null });
    if (!this.#isAsked) return;
    this.#worker = this.#spawn();
  }

  #set(change: Partial<PreviewState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
