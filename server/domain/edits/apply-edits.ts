import { applyPatches as applyImmerPatches, enablePatches, type Patch, produceWithPatches } from "immer";
import type { z } from "zod";
import type { ApiDefinition } from "@/server/domain/definition";
import { EditError } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";
import type { Edit } from "./define-edit";
import { edits } from "./index";

enablePatches();

export type { Patch } from "immer";

/** An edit by name with its input, as it travels and is stored. */
export type EditCall = { readonly name: string; readonly input: unknown };

export type AppliedEdits = {
  readonly definition: ApiDefinition;
  readonly patches: Patch[];
  /** Applied to `definition`, they give the definition from before. */
  readonly inversePatches: Patch[];
  /** One sentence per edit, for history. */
  readonly labels: string[];
};

const byName: Readonly<Record<string, Edit>> = Object.fromEntries(
  edits.map((edit) => [edit.name, edit as unknown as Edit]),
);

/**
 * Applies edits one after the other, all or none. The definition given stays as it is.
 *
 * @throws EditError for the first edit that is unknown, has a bad input (VALIDATION) or breaks a rule
 */
export function applyEdits(definition: ApiDefinition, calls: readonly EditCall[]): AppliedEdits {
  const labels: string[] = [];
  const [next, patches, inversePatches] = produceWithPatches(definition, (draft) => {
    for (const call of calls) {
      const edit = ownEntry(byName, call.name);
      if (!edit) throw new EditError("BAD_REQUEST", `There is no edit '${call.name}'`);
      const input = parseInput(edit, call.input);
      labels.push(edit.label(input, draft));
      edit.apply(draft, input);
    }
  });
  return { definition: next, patches, inversePatches, labels };
}

/** Applies stored patches, such as the inverse patches of an edit to undo it. */
export function applyPatches(definition: ApiDefinition, patches: readonly Patch[]): ApiDefinition {
  return applyImmerPatches(definition, patches as Patch[]);
}

function parseInput(edit: Edit, input: unknown): unknown {
  const parsed = edit.input.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0] as z.core.$ZodIssue;
  const path = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
  const message = WHOLE_SENTENCE.test(issue.message)
    ? issue.message
    : `${[edit.name, ...path].join(".")}: ${issue.message}`;
  throw new EditError("VALIDATION", message, path);
}

/** Messages given in AWS's words stand alone; Zod's own ("Invalid input: …") need the field's name in front. */
const WHOLE_SENTENCE = /^(?!Invalid (input|option|string|key)|Unrecognized|Too |String )/;
