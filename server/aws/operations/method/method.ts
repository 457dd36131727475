import { type Handlers, handler, type MethodInput, type PatchInput } from "@/server/aws/call";
import { editDraft, editMethod, keyOf, readDraft, UNKNOWN_RESOURCE } from "@/server/aws/draft";
import { applyPatch, type PatchTable, PLAIN_WORDING } from "@/server/aws/patch/apply-patch";
import { booleanRule, entryRule, isTrue, listValueRule, textRule } from "@/server/aws/patch/patch-rules";
import { methodView } from "@/server/aws/views/method-view";
import { findMethod, findResource } from "@/server/domain/edits/find-entity";
import type { Method } from "@/server/gateway/snapshot/method";

type MethodFields = {
  authorizationType: string;
  authorizerId?: string;
  apiKeyRequired?: boolean;
  operationName?: string;
  requestParameters?: Record<string, boolean>;
  requestModels?: Record<string, string>;
  requestValidatorId?: string;
  authorizationScopes?: string[];
};

type MethodSettings = Pick<
  Method,
  | "authorizationType"
  | "authorizerId"
  | "apiKeyRequired"
  | "operationName"
  | "requestValidatorId"
  | "authorizationScopes"
  | "requestParameters"
  | "requestModels"
>;

const METHOD_PATCH: PatchTable<MethodSettings> = {
  wording: PLAIN_WORDING,
  rules: [
    textRule("authorizationType"),
    textRule("authorizerId", null),
    booleanRule("apiKeyRequired"),
    textRule("operationName"),
    textRule("requestValidatorId", null),
    listValueRule("authorizationScopes"),
    entryRule("requestParameters", {
      missing: "Invalid parameter name specified",
      read: ({ value }) => isTrue(value),
    }),
    entryRule("requestModels", { missing: "Content-Type specified was not found" }),
  ],
};

export const methodHandlers: Handlers = {
  PutMethod: handler<MethodInput & MethodFields>(async (call) => {
    const { restApiId: _api, resourceId, httpMethod, authorizationType, ...fields } = call.input;
    const key = { resourceId, httpMethod };
    const { definition } = await editDraft(
      call,
      (draft) => {
        findResource(draft, resourceId);
        return [
          {
            name: "create-method",
            input: {
              ...key,
              authorizationType: authorizationType.toUpperCase(),
              ...fields,
              integration: null,
            },
          },
        ];
      },
      UNKNOWN_RESOURCE,
    );
    return methodView(findMethod(definition, keyOf(call)), call.input.resourceId);
  }),

  GetMethod: handler<MethodInput>(async (call) => {
    const { definition } = await readDraft(call, UNKNOWN_RESOURCE);
    return methodView(findMethod(definition, keyOf(call)), call.input.resourceId);
  }),

  UpdateMethod: handler<MethodInput & PatchInput>(async (call) => {
    const key = keyOf(call);
    const { definition } = await editMethod(call, (draft) => {
      const before = settingsOf(findMethod(draft, key));
      const changes = applyPatch(METHOD_PATCH, before, call.input.patchOperations);
      // As recorded: an authorizer counts only for the types that have one.
      if (changes.authorizationType !== "CUSTOM" && changes.authorizationType !== "COGNITO_USER_POOLS") {
        changes.authorizerId = null;
      }
      return JSON.stringify(changes) === JSON.stringify(before)
        ? []
        : [{ name: "update-method", input: { ...key, changes } }];
    });
    return methodView(findMethod(definition, key), call.input.resourceId);
  }),

  DeleteMethod: handler<MethodInput>(async (call) => {
    const key = keyOf(call);
    await editMethod(call, () => [{ name: "delete-method", input: key }]);
  }),
};

function settingsOf(method: Method): MethodSettings {
  const { authorizationType, authorizerId, apiKeyRequired, operationName, requestValidatorId } = method;
  const { authorizationScopes, requestParameters, requestModels } = method;
  return {
    authorizationType,
    authorizerId,
    apiKeyRequired,
    operationName,
    requestValidatorId,
    authorizationScopes,
    requestParameters,
    requestModels,
  };
}
