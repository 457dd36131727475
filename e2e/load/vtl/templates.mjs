import { readFileSync } from "node:fs";
import path from "node:path";

export const DEFAULT_FILE = path.join(import.meta.dirname, "templates.jsonl");

/** The lines of a bench file: `{id, template, input: {body, headers, query, path}, context, stageVariables}`. */
export function readTemplates(file) {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}
