import { type Handlers, handler, type MethodInput, type PatchInput } from "@/server/aws/call";
import { editMethod, keyOf, readDraft, UNKNOWN_RESOURCE } from "@/server/aws/draft";
import { applyPatch, type PatchTable, PLAIN_WORDING } from "@/server/aws/patch/apply-patch";
import { entryRule, isTrue } from "@/server/aws/patch/patch-rules";
import { notFound } from "@/server/aws/protocol/aws-error";
import { methodResponseView } from "@/server/aws/views/method-view";
import type { ApiDefinition } from "@/server/domain/definition";
import { findMethod, type MethodKey } from "@/server/domain/edits/find-entity";
import { ownEntry } from "@/server/domain/own-entry";
import type { MethodResponse } from "@/server/gateway/snapshot/method";

type ResponseInput = MethodInput & { statusCode: string };

const METHOD_RESPONSE_PATCH: PatchTable<MethodResponse> = {
  wording: PLAIN_WORDING,
  rules: [
    entryRule("responseParameters", {
      missing: "Invalid parameter name specified",
      read: ({ value }) => isTrue(value),
    }),
    entryRule("responseModels", { missing: "Content-Type specified was not found" }),
  ],
};

export const methodResponseHandlers: Handlers = {
  PutMethodResponse: handler<ResponseInput & Partial<MethodResponse>>(async (call) => {
    const { statusCode, responseParameters = {}, responseModels = {} } = call.input;
    const methodResponse = { statusCode, responseParameters, responseModels };
    const { definition } = await editMethod(call, () => [
      { name: "put-method-response", input: { ...keyOf(call), methodResponse } },
    ]);
    return methodResponseView(findResponse(definition, keyOf(call), statusCode));
  }),

  GetMethodResponse: handler<ResponseInput>(async (call) => {
    const { definition } = await readDraft(call, UNKNOWN_RESOURCE);
    return methodResponseView(findResponse(definition, keyOf(call), call.input.statusCode));
  }),

  UpdateMethodResponse: handler<ResponseInput & PatchInput>(async (call) => {
    const { statusCode, patchOperations } = call.input;
    const { definition } = await editMethod(call, (draft) => {
      const before = findResponse(draft, keyOf(call), statusCode);
      const methodResponse = applyPatch(METHOD_RESPONSE_PATCH, before, patchOperations);
      return [{ name: "put-method-response", input: { ...keyOf(call), methodResponse } }];
    });
    return methodResponseView(findResponse(definition, keyOf(call), statusCode));
  }),

  DeleteMethodResponse: handler<ResponseInput>(async (call) => {
    const { statusCode } = call.input;
    await editMethod(call, () => [{ name: "delete-method-response", input: { ...keyOf(call), statusCode } }]);
  }),
};

function findResponse(definition: ApiDefinition, key: MethodKey, statusCode: string): MethodResponse {
  const response = ownEntry(findMethod(definition, key).methodResponses, statusCode);
  if (!response) throw notFound("Invalid Response status code specified");
  return response;
}
