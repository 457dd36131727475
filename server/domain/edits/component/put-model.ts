import { z } from "zod";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { checkModel } from "@/server/domain/edits/rules/check-model";
import { EditError } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";
import { modelSchema } from "@/server/gateway/snapshot/api-snapshot";

/** Sets or replaces a model. With `onlyIfNew`, one of the same name is a conflict (AWS's CreateModel). */
export const putModel = defineEdit({
  name: "put-model",
  input: z.strictObject({
    model: modelSchema.extend({ name: z.string(), schema: z.string() }),
    onlyIfNew: z.boolean().default(false),
  }),
  label: ({ model }, definition) =>
    `${ownEntry(definition.models, model.name) ? "Change" : "Add"} model ${model.name}`,
  apply(draft, { model, onlyIfNew }) {
    checkModel(model);
    if (onlyIfNew && ownEntry(draft.models, model.name)) {
      throw new EditError("CONFLICT", "Model name already exists for this REST API", ["models", model.name]);
    }
    draft.models[model.name] = model;
  },
});
