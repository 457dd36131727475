import { type Handlers, handler, type MethodInput, type PatchInput } from "@/server/aws/call";
import { editDraft, editMethod, keyOf, readDraft, UNKNOWN_RESOURCE } from "@/server/aws/draft";
import { applyPatch } from "@/server/aws/patch/apply-patch";
import { INTEGRATION_RESPONSE_PATCH } from "@/server/aws/patch/integration-patch";
import { notFound } from "@/server/aws/protocol/aws-error";
import { integrationResponseView } from "@/server/aws/views/method-view";
import type { ApiDefinition } from "@/server/domain/definition";
import { findIntegration, findMethod, findResource, type MethodKey } from "@/server/domain/edits/find-entity";
import { ownEntry } from "@/server/domain/own-entry";
import type { IntegrationResponse } from "@/server/gateway/snapshot/integration";
import { textsOf } from "./templates";

type ResponseInput = MethodInput & { statusCode: string };
type PutFields = {
  selectionPattern?: string;
  responseParameters?: Record<string, string>;
  responseTemplates?: Record<string, string | null>;
  contentHandling?: string;
};

export const integrationResponseHandlers: Handlers = {
  PutIntegrationResponse: handler<ResponseInput & PutFields>(async (call) => {
    const { statusCode, selectionPattern, responseParameters = {}, contentHandling } = call.input;
    const integrationResponse = {
      statusCode,
      selectionPattern: selectionPattern ?? null,
      responseParameters,
      responseTemplates: textsOf(call.input.responseTemplates),
      contentHandling: contentHandling ?? null,
    };
    const { definition } = await editMethod(call, () => [
      { name: "put-integration-response", input: { ...keyOf(call), integrationResponse } },
    ]);
    return integrationResponseView(findResponse(definition, keyOf(call), statusCode));
  }),

  GetIntegrationResponse: handler<ResponseInput>(async (call) => {
    const { definition } = await readDraft(call, UNKNOWN_RESOURCE);
    return integrationResponseView(findResponse(definition, keyOf(call), call.input.statusCode));
  }),

  UpdateIntegrationResponse: handler<ResponseInput & PatchInput>(async (call) => {
    const { statusCode, patchOperations } = call.input;
    const { definition } = await editMethod(call, (draft) => {
      const before = findResponse(draft, keyOf(call), statusCode);
      const integrationResponse = applyPatch(INTEGRATION_RESPONSE_PATCH, before, patchOperations);
      return [{ name: "put-integration-response", input: { ...keyOf(call), integrationResponse } }];
    });
    return integrationResponseView(findResponse(definition, keyOf(call), statusCode));
  }),

  DeleteIntegrationResponse: handler<ResponseInput>(async (call) => {
    const { statusCode } = call.input;
    await editDraft(
      call,
      (draft) => {
        // As recorded: here a method that is not there is an integration that is not there.
        const { resourceMethods } = findResource(draft, call.input.resourceId);
        if (!ownEntry(resourceMethods, call.input.httpMethod)) {
          throw notFound("Invalid Integration identifier specified");
        }
        return [{ name: "delete-integration-response", input: { ...keyOf(call), statusCode } }];
      },
      UNKNOWN_RESOURCE,
    );
  }),
};

function findResponse(definition: ApiDefinition, key: MethodKey, statusCode: string): IntegrationResponse {
  findMethod(definition, key);
  const response = ownEntry(findIntegration(definition, key).integrationResponses, statusCode);
  if (!response) throw notFound("Invalid Response status code specified");
  return response;
}
