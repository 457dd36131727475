import { previewValue, shorten } from "@/server/vtl/trace/preview-value";
import type {
  OutputRange,
  Trace,
  TraceChange,
  TraceLimits,
  TraceOrigin,
  TracePlace,
  TraceSource,
  TraceStep,
  TraceStepKind,
} from "@/server/vtl/trace/trace-types";
import { ForeachScope } from "@/server/vtl/values/foreach-scope";
import { StopSignal } from "@/server/vtl/values/java-objects";

type Writable<T> = { -readonly [K in keyof T]: T[K] };
type KeptStep = Writable<TraceStep>;

/** Where a step stands, with its source text. One object for each node, so that neighbours can be told apart. */
export type StepPlace = TracePlace & { readonly source: string };

/** A step under way. */
export type OpenStep = {
  /** Null beyond the limit. */
  readonly kept: KeptStep | null;
  /** A text step moves on from line to line. */
  place: StepPlace;
  /** Asked when something is written: only then the arguments of a call are known. */
  readonly origin: () => TraceOrigin;
  /** What the step itself wrote, shortened. */
  printed: string;
};

const TEMPLATE: TraceOrigin = { kind: "template" };
const UNKNOWN: TraceOrigin = { kind: "unknown" };
export const fromTemplate = (): TraceOrigin => TEMPLATE;

/** Collects the trace of one render. */
export class TraceRecorder {
  private readonly steps: KeptStep[] = [];
  private readonly sources: Writable<TraceSource>[] = [];
  private readonly open: OpenStep[] = [];
  private droppedSteps = 0;
  private changes: TraceChange[] = [];
  private failed = false;
  /** Strings and blocks being built: what is written meanwhile is no output yet. */
  captures = 0;
  private written = 0;

  constructor(private readonly limits: TraceLimits) {}

  preview(value: unknown): string {
    return previewValue(value, this.limits.previewLength);
  }

  shortened(text: string): string {
    return shorten(text, this.limits.previewLength);
  }

  get isFull(): boolean {
    return this.steps.length >= this.limits.steps;
  }

  begin(kind: TraceStepKind, place: StepPlace, origin: () => TraceOrigin = fromTemplate): OpenStep {
    return { kept: this.keep(kind, place), place, origin, printed: "" };
  }

  private keep(kind: TraceStepKind, place: StepPlace): KeptStep | null {
    if (this.isFull) {
      this.droppedSteps++;
      return null;
    }
    const { span, line, column, source } = place;
    const step: KeptStep = {
      index: this.steps.length,
      kind,
      depth: this.open.length,
      span,
      line,
      column,
      source: this.shortened(source),
      value: null,
      changes: [],
      output: this.rangeFrom(this.written),
      origin: null,
    };
    this.steps.push(step);
    return step;
  }

  /** Runs a part of a step: what happens meanwhile is inside of it. */
  during<T>(open: OpenStep, work: () => T): T {
    const from = this.written;
    this.open.push(open);
    try {
      return work();
    } catch (error) {
      if (!(error instanceof StopSignal) && !this.failed) {
        this.failed = true;
        if (open.kept !== null) open.kept.failed = true;
      }
      throw error;
    } finally {
      this.open.pop();
      if (open.kept !== null) open.kept.output = this.rangeFrom(from);
    }
  }

  private rangeFrom(from: number): OutputRange | null {
    return this.captures > 0 ? null : { from, to: this.written };
  }

  /** Called for whatever is written, to the output or into a string. */
  wrote(text: string): void {
    const open = this.open.at(-1);
    const { previewLength } = this.limits;
    if (open !== undefined && open.printed.length <= previewLength) {
      open.printed += text.slice(0, previewLength + 1);
    }
    if (this.captures > 0 || text === "" || open === undefined) return;
    const from = this.written;
    this.written += text.length;
    this.addSource(open, from);
  }

  private addSource(open: OpenStep, from: number): void {
    const { span, line, column } = open.place;
    const step = open.kept?.index ?? null;
    const last = this.sources.at(-1);
    if (last !== undefined && this.sources.length >= this.limits.sources) {
      last.to = this.written;
      last.origin = UNKNOWN;
      last.step = null;
      return;
    }
    this.sources.push({ from, to: this.written, span, line, column, step, origin: open.origin() });
  }

  /** A variable's slot was given a value; the step that is told of next has done it. */
  noteChange(name: string, before: unknown, after: unknown): void {
    if (this.droppedSteps > 0 || before instanceof ForeachScope || after instanceof ForeachScope) return;
    this.changes.push({
      name,
      before: before == null ? null : this.preview(before),
      after: this.preview(after),
    });
  }

  addChange(change: TraceChange): void {
    if (this.droppedSteps === 0) this.changes.push(change);
  }

  takeChanges(): readonly TraceChange[] {
    const taken = this.changes;
    this.changes = [];
    return taken;
  }

  trace(): Trace {
    return { steps: this.steps, droppedSteps: this.droppedSteps, sources: this.sources };
  }
}
