"use client";
import { useEffect, useRef, useState } from "react";
import type { RenderFailure, RenderReply, RenderRequest } from "./render-protocol";
import type { StudioSample } from "./sample";

const LONGEST_RENDER_MS = 1000;

export type Rendered = {
  /** The newest output there is; with an `error` it is the one from before. */
  output: string | null;
  overrides: RenderReply["overrides"];
  error: RenderFailure | null;
  durationMs: number;
};

const TOO_LONG: RenderFailure = {
  message: `The template ran longer than ${LONGEST_RENDER_MS / 1000} s and was stopped. Look for a loop over a large list.`,
  line: null,
  column: null,
  place: "",
};

/** One worker, one render at a time; what was asked for meanwhile is replaced by what is asked for last. */
class Renderer {
  #worker: Worker | null = null;
  #isReady = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #running: RenderRequest | null = null;
  #next: RenderRequest | null = null;

  constructor(private readonly onReply: (reply: RenderReply) => void) {}

  ask(request: RenderRequest): void {
    this.#next = request;
    this.#worker ??= this.#spawn();
    this.#startNext();
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#worker?.terminate();
    this.#worker = null;
    this.#isReady = false;
    this.#running = null;
  }

  #spawn(): Worker {
    const worker = new Worker(new URL("./render-worker.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<RenderReply | "ready">) => {
      if (data === "ready") this.#isReady = true;
      else this.#finish(data);
      this.#startNext();
    };
    worker.onerror = ({ message }) =>
      this.#fail({ ...TOO_LONG, message: `The engine did not start: ${message}` });
    return worker;
  }

  #startNext(): void {
    if (!this.#isReady || this.#running || !this.#next) return;
    this.#running = this.#next;
    this.#next = null;
    this.#worker?.postMessage(this.#running);
    this.#timer = setTimeout(() => this.#fail(TOO_LONG), LONGEST_RENDER_MS);
  }

  #finish(reply: RenderReply): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#running = null;
    this.onReply(reply);
  }

  /** Gives up a render, and the worker with it. */
  #fail(error: RenderFailure): void {
    const id = this.#running?.id ?? 0;
    this.dispose();
    this.onReply({ id, durationMs: LONGEST_RENDER_MS, error });
    if (this.#next) this.ask(this.#next);
  }
}

/** Renders a template for a sample on every change, by the gateway's engine in a Web Worker. */
export function useRender(template: string, sample: StudioSample): Rendered {
  const [rendered, setRendered] = useState<Rendered>({
    output: null,
    overrides: undefined,
    error: null,
    durationMs: 0,
  });
  const renderer = useRef<Renderer | null>(null);
  const counter = useRef(0);
  useEffect(() => {
    renderer.current = new Renderer(({ output, overrides, error, durationMs }) =>
      setRendered((before) =>
        error
          ? { ...before, error, durationMs }
          : { output: output ?? "", overrides, error: null, durationMs },
      ),
    );
    return () => renderer.current?.dispose();
  }, []);
  useEffect(() => {
    counter.current += 1;
    renderer.current?.ask({ id: counter.current, template, sample });
  }, [template, sample]);
  return rendered;
}
