import type { RenderResult } from "@/server/vtl/render-types";
import type { SourceSpan, VtlError } from "@/server/vtl/vtl-error";

/** Where a piece of output, or a value, came from. */
export type TraceOrigin =
  /** Text that stands in the template. */
  | { readonly kind: "template" }
  /**
   * The payload. `within` leads on inside what an indefinite path (one with `*`, `..` or a filter) selected, as in
   * `$..pets` and `[0].name`.
   */
  | {
      readonly kind: "payload";
      readonly form: "value" | "json" | "body";
      readonly path: string;
      readonly within: string;
    }
  /** A request parameter; without a name all of that place, without a place one that the request lacks, or all. */
  | {
      readonly kind: "parameter";
      readonly place: "path" | "query" | "header" | null;
      readonly name: string | null;
    }
  | { readonly kind: "context"; readonly name: string }
  | { readonly kind: "stage-variable"; readonly name: string | null }
  /** A variable, the place where it was set, and where the value of then came from. */
  | {
      readonly kind: "variable";
      readonly name: string;
      readonly line: number;
      readonly column: number;
      readonly from: TraceOrigin;
    }
  /** Computed: the expression's text, and the data it was made of, at most six pieces. */
  | { readonly kind: "expression"; readonly text: string; readonly from: readonly TraceOrigin[] }
  /** The rest of an output with more pieces than are kept apart. */
  | { readonly kind: "unknown" };

/** A place in the template. Lines and columns count as those of a VtlError do; the span in UTF-16 units. */
export type TracePlace = { readonly span: SourceSpan; readonly line: number; readonly column: number };

export type TraceStepKind =
  | "text"
  | "reference"
  | "set"
  | "if"
  | "elseif"
  | "else"
  | "foreach"
  | "round"
  | "end-foreach"
  | "define"
  | "break"
  | "stop";

/** A variable that was assigned, or whose list or map was changed. Values are previews. */
export type TraceChange = { readonly name: string; readonly before: string | null; readonly after: string };

/** UTF-16 offsets into the output. */
export type OutputRange = { readonly from: number; readonly to: number };

export type TraceStep = TracePlace & {
  /** From 0, in the order in which the steps began. */
  readonly index: number;
  readonly kind: TraceStepKind;
  /** How many steps it is inside of. */
  readonly depth: number;
  /** Source text, shortened. */
  readonly source: string;
  /**
   * Preview: what a reference printed; the value of a #set, the list of a #foreach, the element of a round; true or
   * false for a condition. Null where there is none.
   */
  readonly value: string | null;
  readonly changes: readonly TraceChange[];
  /** What was written from its beginning to its end; null inside a string or a block that is asked for as a value. */
  readonly output: OutputRange | null;
  readonly origin: TraceOrigin | null;
  /** Set on the step whose failure ended the render. */
  readonly failed?: true;
};

/** A piece of the output; `step` is the index of the step that wrote it, null if that step was not kept. */
export type TraceSource = TracePlace &
  OutputRange & { readonly step: number | null; readonly origin: TraceOrigin };

export type Trace = {
  readonly steps: readonly TraceStep[];
  /** Steps beyond the limit, which are only counted. */
  readonly droppedSteps: number;
  /** In order, without gaps: together they cover the output exactly. */
  readonly sources: readonly TraceSource[];
};

/** Bounds of what a trace holds. */
export type TraceLimits = {
  readonly steps: number;
  readonly sources: number;
  /** UTF-16 units of one preview. */
  readonly previewLength: number;
};

/** With an `error`, output and trace reach up to it, and there are no overrides. */
export type TracedResult = RenderResult & { readonly error: VtlError | null; readonly trace: Trace };
