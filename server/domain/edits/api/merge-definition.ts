import { z } from "zod";
import { apiDefinitionSchema } from "@/server/domain/definition";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { checkDefinitionReferences } from "@/server/domain/edits/rules/check-references";
import { mergeDefinitions } from "@/server/domain/merge/merge-definition";
import { replaceContent, snapshotOf } from "@/server/domain/replace-content";

/** Adds another definition to this one: an import with `mode=merge`. */
export const mergeDefinition = defineEdit({
  name: "merge-definition",
  input: z.strictObject({ definition: apiDefinitionSchema, reason: z.string().max(200).optional() }),
  label: ({ definition, reason }) => reason ?? `Merge ${definition.name} into the definition`,
  apply(draft, { definition }) {
    checkDefinitionReferences(definition);
    replaceContent(draft, mergeDefinitions(snapshotOf(draft), definition));
  },
});
