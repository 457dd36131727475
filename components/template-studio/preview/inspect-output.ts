import { findJsonMistake } from "@/server/toolkit/json/find-json-mistake";
import type { PreviewInspection } from "./preview-protocol";

type Rendered = { output: string };

/** Size of an output, and whether it is JSON. */
export function inspectOutput({ output }: Rendered): Omit<PreviewInspection, "kind" | "id"> {
  const sizeBytes = new TextEncoder().encode(output).length;
  const isBlank = output.trim() === "";
  const mistake = isBlank ? null : findJsonMistake(output);
  const jsonProblem = mistake && { message: mistake.message, ...placeIn(output, mistake.offset) };
  return { sizeBytes, isBlank, jsonProblem, markers: [] };
}

function placeIn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) as string).length + 1 };
}
