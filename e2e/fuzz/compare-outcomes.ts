import { compileTemplate, contextFromRecord, VtlError } from "@/server/vtl";
import type { FuzzCase, Outcome } from "./fuzz-case";

/** As a batch does it, but with limits still told from other errors. */
export function renderOurs({ template, input = {}, context = {}, stageVariables = {} }: FuzzCase): Outcome {
  const { body = null, path = {}, query = {}, headers = {} } = input;
  try {
    return compileTemplate(template).render({
      input: { body, path, query, headers },
      context: contextFromRecord(context),
      stageVariables,
    });
  } catch (error) {
    if (error instanceof VtlError) {
      const { kind, line, column, message } = error;
      return { kind, line, column, message };
    }
    return { kind: "internal", line: null, column: null, message: String(error) };
  }
}

/** Where Java prints an object's identity (`[C@1b2c3d`), which no two runs share. */
const IDENTITY = /@[0-9a-f]{1,8}/g;

export const withoutIdentity = (text: string): string => text.replace(IDENTITY, "@");

/** An error agrees in kind and line; text and overrides agree entirely. A limit is an error of the render. */
export function agree(ours: Outcome, reference: Outcome): boolean {
  if ("kind" in ours || "kind" in reference) {
    if (!("kind" in ours && "kind" in reference)) return false;
    const kind = ours.kind === "limit" ? "render" : ours.kind;
    return kind === reference.kind && ours.line === reference.line;
  }
  return (
    withoutIdentity(ours.output) === withoutIdentity(reference.output) &&
    JSON.stringify(ours.overrides) === JSON.stringify(reference.overrides)
  );
}
