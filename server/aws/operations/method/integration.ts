import { type Handlers, handler, type MethodInput, type PatchInput } from "@/server/aws/call";
import { editMethod, keyOf, readDraft, UNKNOWN_RESOURCE } from "@/server/aws/draft";
import { applyPatch } from "@/server/aws/patch/apply-patch";
import { INTEGRATION_PATCH } from "@/server/aws/patch/integration-patch";
import { integrationView } from "@/server/aws/views/method-view";
import { findIntegration } from "@/server/domain/edits/find-entity";
import { textsOf } from "./templates";

type IntegrationFields = {
  type: string;
  requestTemplates?: Record<string, string | null>;
  [field: string]: unknown;
};

export const integrationHandlers: Handlers = {
  PutIntegration: handler<MethodInput & IntegrationFields & { integrationHttpMethod?: string }>(
    async (call) => {
      const { restApiId: _api, resourceId: _resource, requestTemplates, ...fields } = call.input;
      const { definition } = await editMethod(call, () => {
        const { httpMethod: _verb, integrationHttpMethod, ...rest } = fields;
        const integration = {
          ...rest,
          ...(integrationHttpMethod ? { httpMethod: integrationHttpMethod } : {}),
          requestTemplates: textsOf(requestTemplates),
        };
        return [{ name: "put-integration", input: { ...keyOf(call), integration } }];
      });
      return integrationView(findIntegration(definition, keyOf(call)), call.input.resourceId);
    },
  ),

  GetIntegration: handler<MethodInput>(async (call) => {
    const { definition } = await readDraft(call, UNKNOWN_RESOURCE);
    return integrationView(findIntegration(definition, keyOf(call)), call.input.resourceId);
  }),

  UpdateIntegration: handler<MethodInput & PatchInput>(async (call) => {
    const { definition } = await editMethod(call, (draft) => {
      const before = findIntegration(draft, keyOf(call));
      const {
        type: _type,
        integrationResponses: _responses,
        ...changes
      } = applyPatch(INTEGRATION_PATCH, before, call.input.patchOperations);
      return [{ name: "update-integration", input: { ...keyOf(call), changes } }];
    });
    return integrationView(findIntegration(definition, keyOf(call)), call.input.resourceId);
  }),

  DeleteIntegration: handler<MethodInput>(async (call) => {
    await editMethod(call, () => [{ name: "delete-integration", input: keyOf(call) }]);
  }),
};
