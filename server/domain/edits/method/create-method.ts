import { z } from "zod";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { findResource, methodName, methodPath } from "@/server/domain/edits/find-entity";
import { methodKeyFields } from "@/server/domain/edits/input-fields";
import { checkIntegration, normalizeIntegration } from "@/server/domain/edits/rules/check-integration";
import { checkMethodRequest } from "@/server/domain/edits/rules/check-method";
import { EditError } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";
import { pathParameterNames } from "@/server/domain/path-parameters";
import { type Integration, integrationSchema } from "@/server/gateway/snapshot/integration";
import { methodSchema } from "@/server/gateway/snapshot/method";
import { assignMethodFields, methodFields } from "./method-fields";

/**
 * Adds a method. Unless `integration` is null (AWS's PutMethod), it works at once: a MOCK that answers 200, or the
 * given integration, with a method response 200 and the path's variables declared.
 */
export const createMethod = defineEdit({
  name: "create-method",
  input: z.strictObject({
    ...methodKeyFields,
    ...methodFields,
    integration: integrationSchema.nullable().optional(),
  }),
  label: (input, definition) => `Add method ${methodName(definition, input)}`,
  apply(draft, { resourceId, httpMethod, integration, ...fields }) {
    const key = { resourceId, httpMethod };
    const resource = findResource(draft, resourceId);
    if (ownEntry(resource.resourceMethods, httpMethod)) {
      throw new EditError("CONFLICT", "Method already exists for this resource", methodPath(key));
    }
    const method = methodSchema.parse({ httpMethod });
    assignMethodFields(method, fields);
    if (integration !== null) {
      for (const name of pathParameterNames(draft, resourceId))
        method.requestParameters[`method.request.path.${name}`] ??= true;
      method.methodResponses["200"] = { statusCode: "200", responseParameters: {}, responseModels: {} };
    }
    checkMethodRequest(draft, method, methodPath(key));
    resource.resourceMethods[httpMethod] = method;
    if (integration === null) return;
    const ready = withDefaultResponse(integration ?? mockIntegration());
    checkIntegration(draft, key, ready);
    method.methodIntegration = ready;
    for (const statusCode of Object.keys(ready.integrationResponses)) {
      method.methodResponses[statusCode] ??= { statusCode, responseParameters: {}, responseModels: {} };
    }
  },
});

/** A MOCK that answers 200 with an empty body. */
export function mockIntegration(): Integration {
  return integrationSchema.parse({
    type: "MOCK",
    requestTemplates: { "application/json": '{"statusCode": 200}' },
  });
}

function withDefaultResponse(integration: Integration): Integration {
  const normal = normalizeIntegration(integration);
  const answersItself = normal.type.endsWith("_PROXY") || Object.keys(normal.integrationResponses).length > 0;
  if (answersItself) return normal;
  return {
    ...normal,
    integrationResponses: {
      "200": {
        statusCode: "200",
        selectionPattern: null,
        responseParameters: {},
        responseTemplates: {},
        contentHandling: null,
      },
    },
  };
}
