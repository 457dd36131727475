import { table } from "@/server/cli/terminal";
import { describeOrigin, describeStep, type TracedResult, type TraceStep } from "@/server/vtl";

const WIDEST = { what: 48, value: 40, output: 32, from: 60 };

/** One line without control characters, cut to a width: values may hold anything a client sent. */
function cell(text: string, width: number): string {
  const shown = text.slice(0, 4 * width).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, escaped);
  return shown.length <= width ? shown : `${shown.slice(0, width - 1)}…`;
}

function escaped(character: string): string {
  const short: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  return short[character] ?? `\\u{${character.codePointAt(0)?.toString(16)}}`;
}

function stepText(step: TraceStep): string {
  return `${"  ".repeat(Math.min(step.depth, 12))}${step.failed ? "✗ " : ""}${describeStep(step).what}`;
}

function outputText({ kind, output: range }: TraceStep, output: string): string {
  if (range === null || range.from === range.to || kind === "foreach" || kind === "round") return "";
  return output.slice(range.from, range.to);
}

/** The steps of a render as a table for people: place, step, value, what it wrote, where that came from. */
export function traceTable({ output, trace }: TracedResult): string {
  const rows = trace.steps.map((step) => [
    `${step.line}:${step.column}`,
    cell(stepText(step), WIDEST.what),
    cell(describeStep(step).value, WIDEST.value),
    cell(outputText(step, output), WIDEST.output),
    step.origin === null ? "" : cell(describeOrigin(step.origin), WIDEST.from),
  ]);
  const dropped = trace.droppedSteps === 0 ? "" : `\n… and ${trace.droppedSteps} more steps`;
  return table(["PLACE", "STEP", "VALUE", "OUTPUT", "FROM"], rows) + dropped;
}
