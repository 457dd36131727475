import type { ApiDefinition } from "@/server/domain/definition";
import type { EditCall } from "@/server/domain/edits/apply-edits";

export type ImportMode = "overwrite" | "merge";

/** The edit by which an import becomes part of a draft. */
export function importEdit(definition: ApiDefinition, mode: ImportMode, filename?: string): EditCall {
  const reason = `Import ${filename ?? definition.name}${mode === "merge" ? " (merged)" : ""}`.slice(0, 200);
  return {
    name: mode === "merge" ? "merge-definition" : "replace-definition",
    input: { definition, reason },
  };
}
