import { z } from "zod";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { entityIdSchema } from "@/server/domain/edits/input-fields";
import { checkAuthorizer } from "@/server/domain/edits/rules/check-authorizer";
import { ownEntry } from "@/server/domain/own-entry";
import { authorizerSchema } from "@/server/gateway/snapshot/api-snapshot";

export const putAuthorizer = defineEdit({
  name: "put-authorizer",
  input: z.strictObject({ authorizer: authorizerSchema.extend({ id: entityIdSchema }) }),
  label: ({ authorizer }, definition) =>
    `${ownEntry(definition.authorizers, authorizer.id) ? "Change" : "Add"} authorizer ${authorizer.name}`,
  apply(draft, { authorizer }) {
    checkAuthorizer(draft, authorizer);
    draft.authorizers[authorizer.id] = authorizer;
  },
});
