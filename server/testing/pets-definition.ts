import { type ApiDefinition, emptyDefinition } from "@/server/domain/definition";
import { applyEdits, type EditCall } from "@/server/domain/edits/apply-edits";
import type { TypedEditCall } from "@/server/domain/edits/index";
import { EditError } from "@/server/domain/errors";

const lambda =
  "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:1:function:f/invocations";

/** /, /pets (GET: MOCK; POST: HTTP), /pets/{petId}, /files/{proxy+}, a model, a validator and an authorizer. */
const setUp: TypedEditCall[] = [
  { name: "create-resource", input: { id: "pets", parentId: "root", pathPart: "pets" } },
  { name: "create-resource", input: { id: "pet", parentId: "pets", pathPart: "{petId}" } },
  { name: "create-resource", input: { id: "files", parentId: "root", pathPart: "files" } },
  { name: "create-resource", input: { id: "proxy", parentId: "files", pathPart: "{proxy+}" } },
  { name: "put-model", input: { model: { name: "Pet", schema: '{"type":"object"}' } } },
  { name: "put-model", input: { model: { name: "Unused", schema: '{"type":"object"}' } } },
  {
    name: "put-request-validator",
    input: { requestValidator: { id: "body", name: "body", validateRequestBody: true } },
  },
  {
    name: "put-authorizer",
    input: { authorizer: { id: "auth", name: "a", type: "TOKEN", authorizerUri: lambda } },
  },
  { name: "create-method", input: { resourceId: "pets", httpMethod: "GET" } },
  {
    name: "create-method",
    input: {
      resourceId: "pets",
      httpMethod: "POST",
      requestModels: { "application/json": "Pet" },
      requestValidatorId: "body",
      authorizationType: "CUSTOM",
      authorizerId: "auth",
      requestParameters: { "method.request.querystring.dry": false },
      integration: { type: "HTTP", httpMethod: "POST", uri: "http://127.0.0.1:9/pets" },
    },
  },
  { name: "create-method", input: { resourceId: "pet", httpMethod: "GET", integration: null } },
];

export const base: ApiDefinition = applyEdits(
  emptyDefinition({ name: "Pets", rootId: "root" }),
  setUp,
).definition;
export const pets = { resourceId: "pets", httpMethod: "GET" } as const;
export const post = { resourceId: "pets", httpMethod: "POST" } as const;

/** The error that the edits end in when they are applied to `base`. */
export function refusal(...calls: (TypedEditCall | EditCall)[]): EditError {
  try {
    applyEdits(base, calls);
  } catch (error) {
    if (error instanceof EditError) return error;
    throw error;
  }
  throw new Error("the edit was applied");
}
