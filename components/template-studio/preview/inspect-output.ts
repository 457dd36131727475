import { findJsonMistake, type JsonMistake } from "@/server/toolkit/json/find-json-mistake";
import type { PreviewFacts } from "./preview-protocol";
import { placeIn } from "./text-place";

/** Size of an output, whether it is blank, and what keeps it from being JSON. */
export function inspectOutput(output: string): { facts: PreviewFacts; mistake: JsonMistake | null } {
  const sizeBytes = new TextEncoder().encode(output).length;
  const isBlank = output.trim() === "";
  const mistake = isBlank ? null : findJsonMistake(output);
  const jsonProblem = mistake && { message: mistake.message, ...placeIn(output, mistake.offset) };
  return { facts: { sizeBytes, isBlank, jsonProblem }, mistake };
}
