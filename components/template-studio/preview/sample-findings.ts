import { findJsonMistake, type JsonMistake } from "@/server/toolkit/json/find-json-mistake";
import { renderTraced, type TracedResult, type TraceStep } from "@/server/vtl";
import type { EditorMarker } from "../../code-editor/code-editor";
import type { StudioSample } from "../sample";
import { bindingsOf, previewLimits } from "./render-preview";
import { placeIn } from "./text-place";

type Rendered = { template: string; sample: StudioSample; output: string };
type TraceSource = TracedResult["trace"]["sources"][number];
type Found = { start: number; end: number; message: string; remedy?: string };

/** What goes wrong with this sample, at its place in the template. `mistake`: of an output that should be JSON. */
export function sampleFindings(
  { template, sample, output }: Rendered,
  mistake: JsonMistake | null,
): EditorMarker[] {
  const traced = renderTraced(template, bindingsOf(sample), { limits: previewLimits });
  const found = [
    ...(mistake ? [jsonFinding(traced, output, mistake)] : []),
    ...loopsOverScalars(traced, template),
    ...printedMaps(traced),
  ];
  const byPlace = new Map(found.filter((one) => one !== null).map((one) => [one.start, one]));
  return [...byPlace.values()].map(({ start, end, message, remedy }) => {
    const last = placeIn(template, end);
    return {
      severity: "warning",
      message,
      ...(remedy && { remedy }),
      ...placeIn(template, start),
      endLine: last.line,
      endColumn: last.column,
    };
  });
}

/** Where the template prints what is not JSON. */
function jsonFinding({ trace }: TracedResult, output: string, mistake: JsonMistake): Found | null {
  const { line, column } = placeIn(output, mistake.offset);
  const where = `The output is not JSON (line ${line}, column ${column})`;
  const empty = emptyBefore(trace.steps, output, mistake.offset);
  if (empty) {
    return {
      ...empty.span,
      message: `${where}: this prints nothing for the sample, and a value is missing.`,
      remedy: 'Use $input.json, which prints "" then, or guard it with #if.',
    };
  }
  const source = trace.sources.find(({ from, to }) => from <= mistake.offset && mistake.offset < to);
  const piece = source ?? trace.sources.at(-1);
  if (!piece) return null;
  const message = `${where}: ${mistake.message}.`;
  if (piece.origin.kind !== "template") {
    const remedy = remedyFor(output.slice(piece.from, piece.to), mistake);
    return { ...piece.span, message, ...(remedy && { remedy }) };
  }
  const start = Math.min(piece.span.start + Math.max(0, mistake.offset - piece.from), piece.span.end - 1);
  return { start, end: start + 1, message };
}

/** A reference that printed nothing right before the place. */
function emptyBefore(steps: readonly TraceStep[], output: string, offset: number): TraceStep | undefined {
  const from = output.slice(0, offset).trimEnd().length;
  return steps.findLast(
    ({ kind, output: range }) =>
      kind === "reference" &&
      range?.from === range?.to &&
      range &&
      range.from >= from &&
      range.from <= offset,
  );
}

function remedyFor(printed: string, { message }: JsonMistake): string | undefined {
  if (isJavaMap(printed)) return "Print JSON with $input.json.";
  if (message.startsWith("\\'")) return `Append .replaceAll("\\\\'","'").`;
  if (/not in quotes|nor in quotes/.test(message)) return "Put quotes around it.";
  return message.includes("control character") ? "Escape it with $util.escapeJavaScript." : undefined;
}

const isJavaMap = (text: string) => /^\{[^{}"]*=/.test(text) && findJsonMistake(text) !== null;

const isOfPayload = ({ origin }: TraceStep | TraceSource): boolean => {
  let at = origin;
  while (at?.kind === "variable") at = at.from;
  return at?.kind === "payload" && at.form === "value" && at.path !== "$";
};

function loopsOverScalars({ trace }: TracedResult, template: string): Found[] {
  return trace.steps
    .filter(
      (step) => step.kind === "foreach" && isOfPayload(step) && /^(?:"[^"]|[-\dtf])/.test(step.value ?? ""),
    )
    .map(({ span: { start }, value }) => {
      const lineEnd = template.slice(start).search(/\r|\n|$/);
      const text = /^#foreach\s*\([^)\n]*\)?/.exec(template.slice(start, start + lineEnd))?.[0] ?? "#foreach";
      return {
        start,
        end: start + text.length,
        message: `In the sample this is ${value}, no list or map, so #foreach does nothing.`,
        remedy: "Give it a list or a map.",
      };
    });
}

function printedMaps({ output, trace }: TracedResult): Found[] {
  return trace.sources
    .filter((source) => isOfPayload(source) && isJavaMap(output.slice(source.from, source.to)))
    .map(({ span }) => ({
      ...span,
      message: "In the sample this is an object: it prints as {name=value}, not as JSON.",
      remedy: "Print JSON with $input.json.",
    }));
}
