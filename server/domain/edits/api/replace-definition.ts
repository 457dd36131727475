import { z } from "zod";
import { apiDefinitionSchema } from "@/server/domain/definition";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { checkDefinitionReferences } from "@/server/domain/edits/rules/check-references";
import { overwriteDefinition } from "@/server/domain/merge/merge-definition";
import { replaceContent, snapshotOf } from "@/server/domain/replace-content";

/** Puts another definition in the place of this one: an import with `mode=overwrite`, or an earlier deployment. */
export const replaceDefinition = defineEdit({
  name: "replace-definition",
  input: z.strictObject({
    definition: apiDefinitionSchema,
    /** What history says was done. */
    reason: z.string().max(200).optional(),
  }),
  label: ({ definition, reason }) => reason ?? `Replace the definition with ${definition.name}`,
  apply(draft, { definition }) {
    checkDefinitionReferences(definition);
    replaceContent(draft, overwriteDefinition(snapshotOf(draft), definition));
  },
});
