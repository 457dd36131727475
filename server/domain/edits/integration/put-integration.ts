import { z } from "zod";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { findMethod, integrationPath, methodName } from "@/server/domain/edits/find-entity";
import { methodKeyFields } from "@/server/domain/edits/input-fields";
import { checkCacheKeys } from "@/server/domain/edits/rules/cache-keys";
import { checkIntegration, normalizeIntegration } from "@/server/domain/edits/rules/check-integration";
import { integrationSchema } from "@/server/gateway/snapshot/integration";

/** Sets or replaces the whole integration, its responses too (AWS's PutIntegration). */
export const putIntegration = defineEdit({
  name: "put-integration",
  input: z.strictObject({
    ...methodKeyFields,
    integration: integrationSchema.extend({
      requestParameters: z.record(z.string(), z.string()).default({}),
    }),
  }),
  label: (input, definition) =>
    `Set ${input.integration.type} integration of ${methodName(definition, input)}`,
  apply(draft, input) {
    const method = findMethod(draft, input);
    const integration = normalizeIntegration(input.integration);
    checkIntegration(draft, input, integration);
    const before = method.methodIntegration;
    checkCacheKeys(method, { next: integration, before, path: integrationPath(input) });
    method.methodIntegration = integration;
  },
});
