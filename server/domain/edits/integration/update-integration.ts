import { z } from "zod";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { findIntegration, findMethod, integrationPath, methodName } from "@/server/domain/edits/find-entity";
import { methodKeyFields } from "@/server/domain/edits/input-fields";
import { checkCacheKeys } from "@/server/domain/edits/rules/cache-keys";
import { checkIntegration, normalizeIntegration } from "@/server/domain/edits/rules/check-integration";
import { withoutDefaults } from "@/server/domain/edits/without-defaults";
import { integrationSchema } from "@/server/gateway/snapshot/integration";

const { type: _type, integrationResponses: _responses, ...shape } = integrationSchema.shape;

/** Changes fields of the integration. Its type is changed with put-integration, as on AWS. */
export const updateIntegration = defineEdit({
  name: "update-integration",
  input: z.strictObject({
    ...methodKeyFields,
    changes: withoutDefaults({ ...shape, requestParameters: z.record(z.string(), z.string()) }),
  }),
  label: (input, definition) => `Change integration request of ${methodName(definition, input)}`,
  apply(draft, input) {
    const before = findIntegration(draft, input);
    const next = normalizeIntegration({ ...before, ...input.changes });
    const method = findMethod(draft, input);
    checkIntegration(draft, input, next);
    checkCacheKeys(method, { next, before, path: integrationPath(input) });
    method.methodIntegration = next;
  },
});
