import type { TraceStep, VtlOverrides } from "@/server/vtl";
import type { EditorMarker } from "../../code-editor/code-editor";
import type { StudioSample } from "../sample";

/** What the page asks of the worker. The sample is sent once, and again only when it changes. */
export type PreviewRequest = {
  id: number;
  template: string;
  sample?: StudioSample;
  /** Whether the template should print JSON. */
  wantsJson: boolean;
  /** Lay the output out with two spaces, if it is JSON. */
  isPretty: boolean;
  /** List the steps too. */
  isTraced: boolean;
  /** The page has rendered it itself; what is missing is what can be said about it. */
  isShown?: boolean;
};

export type PreviewFailure = {
  message: string;
  line: number | null;
  column: number | null;
  /** The line with a caret below it. */
  place: string;
  remedy?: string;
};

/** The result of a render. */
export type PreviewReply = {
  kind: "output";
  id: number;
  durationMs: number;
  /** The output as it is to be shown. */
  text?: string;
  overrides?: VtlOverrides;
  error?: PreviewFailure;
};

export type PreviewFacts = {
  sizeBytes: number;
  isBlank: boolean;
  /** Why the output is not JSON, or null. Lines and columns from 1, of the output as it is sent. */
  jsonProblem: { message: string; line: number; column: number } | null;
};

/** What can be said about the newest output, a moment after it. */
export type PreviewInspection = { kind: "inspection"; id: number; facts: PreviewFacts };

/** What goes wrong with the sample, with places in the template; when typing pauses. */
export type PreviewFindings = { kind: "findings"; id: number; markers: EditorMarker[] };

/** A step of a traced render in words, as the list shows it. */
export type TraceRow = Pick<
  TraceStep,
  "index" | "line" | "span" | "depth" | "source" | "changes" | "output"
> & {
  what: string;
  value: string;
  /** Where its value came from; "" where there is nothing to tell. */
  from: string;
  failed: boolean;
};

/** What a traced render wrote, up to its failure if it failed, and its steps; a moment after the output. */
export type PreviewTrace = {
  kind: "trace";
  id: number;
  output: string;
  rows: TraceRow[];
  /** Steps that ran but are not listed. */
  dropped: number;
};
