import { type ApiInput, type Handlers, handler, type PageInput, type PatchInput } from "@/server/aws/call";
import { editDraft, readDraft, unknownAs } from "@/server/aws/draft";
import { applyPatch, type PatchTable, PLAIN_WORDING } from "@/server/aws/patch/apply-patch";
import { integerOf, listValueRule, textRule } from "@/server/aws/patch/patch-rules";
import { notFound } from "@/server/aws/protocol/aws-error";
import { pageOf } from "@/server/aws/protocol/page";
import { present } from "@/server/aws/views/present";
import type { ApiDefinition } from "@/server/domain/definition";
import { ownEntry } from "@/server/domain/own-entry";
import type { Authorizer } from "@/server/gateway/snapshot/api-snapshot";
import { newId } from "@/server/services/new-id";

type AuthorizerInput = ApiInput & { authorizerId: string };
type CreateInput = ApiInput & Partial<Omit<Authorizer, "id">> & Pick<Authorizer, "name" | "type">;

const UNKNOWN = "Invalid Authorizer identifier specified";
const UNKNOWN_AUTHORIZER = unknownAs("NotFoundException", UNKNOWN);
const TTL = "Authorizer result TTL must be between 0 and 3600 seconds";

const AUTHORIZER_PATCH: PatchTable<Authorizer> = {
  wording: PLAIN_WORDING,
  rules: [
    textRule("name"),
    textRule("type"),
    textRule("authType", null),
    textRule("authorizerUri", null),
    textRule("authorizerCredentials", null),
    textRule("identitySource", null, ["add", "remove", "replace"]),
    textRule("identityValidationExpression", null),
    listValueRule("providerARNs"),
    {
      path: "/authorizerResultTtlInSeconds",
      ops: ["replace"],
      apply: (authorizer, { value }) => {
        authorizer.authorizerResultTtlInSeconds = integerOf(value, TTL);
      },
    },
  ],
};

export const authorizerHandlers: Handlers = {
  CreateAuthorizer: handler<CreateInput>(async (call) => {
    const { restApiId: _api, ...fields } = call.input;
    const id = newId();
    const authorizer = {
      // What is not said is not made up: the gateway uses 300 seconds.
      authorizerResultTtlInSeconds: null,
      ...fields,
      id,
      authType: fields.authType ?? defaultAuthType(fields.type),
    };
    const { definition } = await editDraft(
      call,
      () => [{ name: "put-authorizer", input: { authorizer } }],
      unknownAs(
        "ConflictException",
        "Unable to complete operation due to concurrent modification. Please try again later.",
      ),
    );
    return authorizerView(findAuthorizer(definition, id));
  }),

  GetAuthorizers: handler<ApiInput & PageInput>(async (call) => {
    const { definition } = await readDraft(call);
    const { item, ...page } = pageOf(Object.values(definition.authorizers), call.input);
    return { item: item.map(authorizerView), ...page };
  }),

  GetAuthorizer: handler<AuthorizerInput>(async (call) => {
    const { definition } = await readDraft(call, UNKNOWN_AUTHORIZER);
    return authorizerView(findAuthorizer(definition, call.input.authorizerId));
  }),

  UpdateAuthorizer: handler<AuthorizerInput & PatchInput>(async (call) => {
    const { authorizerId, patchOperations } = call.input;
    const { definition } = await editDraft(
      call,
      (draft) => {
        const before = findAuthorizer(draft, authorizerId);
        const authorizer = applyPatch(AUTHORIZER_PATCH, before, patchOperations);
        return [{ name: "put-authorizer", input: { authorizer } }];
      },
      UNKNOWN_AUTHORIZER,
    );
    return authorizerView(findAuthorizer(definition, authorizerId));
  }),

  DeleteAuthorizer: handler<AuthorizerInput>(async (call) => {
    const { authorizerId: id } = call.input;
    await editDraft(call, () => [{ name: "delete-authorizer", input: { id } }], UNKNOWN_AUTHORIZER);
  }),
};

function defaultAuthType(type: Authorizer["type"]): string {
  return type === "COGNITO_USER_POOLS" ? "cognito_user_pools" : "custom";
}

function findAuthorizer(definition: ApiDefinition, id: string): Authorizer {
  const authorizer = ownEntry(definition.authorizers, id);
  if (!authorizer) throw notFound(UNKNOWN);
  return authorizer;
}

function authorizerView(authorizer: Authorizer) {
  return {
    id: authorizer.id,
    name: authorizer.name,
    type: authorizer.type,
    providerARNs: present(authorizer.providerARNs),
    authType: present(authorizer.authType),
    authorizerUri: present(authorizer.authorizerUri),
    authorizerCredentials: present(authorizer.authorizerCredentials),
    identitySource: present(authorizer.identitySource),
    identityValidationExpression: present(authorizer.identityValidationExpression),
    authorizerResultTtlInSeconds: authorizer.authorizerResultTtlInSeconds ?? undefined,
  };
}
