import { describe, expect, it } from "vitest";
import type { ApiDefinition } from "@/server/domain/definition";
import { base } from "@/server/testing/pets-definition";
import { checkDefinition } from "./check-definition";
import type { Problem } from "./problem";

type Step = (definition: ApiDefinition) => void;

const AUTHORIZER = {
  id: "a",
  name: "a",
  type: "TOKEN",
  providerARNs: [],
  authType: null,
  authorizerUri: "arn:x",
  authorizerCredentials: null,
  identitySource: null,
  identityValidationExpression: null,
  authorizerResultTtlInSeconds: 300,
};

describe("checkDefinition, outside methods", () => {
  it.each<[name: string, step: Step, expected: Partial<Problem>]>([
    [
      "a model that is not JSON",
      (definition) => {
        definition.models.Bad = {
          name: "Bad",
          description: "",
          contentType: "application/json",
          schema: "{",
        };
      },
      { severity: "error", path: ["models", "Bad", "schema"], where: { part: "api" } },
    ],
    [
      "a reference to a model there is not",
      (definition) => {
        definition.models.Bad = {
          name: "Bad",
          description: "",
          contentType: "application/json",
          schema: '{"$ref":"https://apigateway.amazonaws.com/restapis/x/models/Gone"}',
        };
      },
      { severity: "error", message: "Model Bad refers to model Gone, which there is not" },
    ],
    [
      "a policy that is not JSON",
      (definition) => {
        definition.policy = "{";
      },
      { severity: "error", path: ["policy"] },
    ],
    [
      "an authorizer without an address",
      (definition) => {
        Object.assign(definition, { authorizers: { a: { ...AUTHORIZER, authorizerUri: null } } });
      },
      { severity: "error", path: ["authorizers", "a", "authorizerUri"] },
    ],
    [
      "an authorizer of users without pools",
      (definition) => {
        Object.assign(definition, { authorizers: { a: { ...AUTHORIZER, type: "COGNITO_USER_POOLS" } } });
      },
      { severity: "error", path: ["authorizers", "a", "providerARNs"] },
    ],
    [
      "two identity sources where there is one",
      (definition) => {
        Object.assign(definition, {
          authorizers: {
            a: { ...AUTHORIZER, identitySource: "method.request.header.A,method.request.header.B" },
          },
        });
      },
      { severity: "error", message: "An authorizer of type TOKEN has one identity source" },
    ],
    [
      "an identity source that is none",
      (definition) => {
        Object.assign(definition, { authorizers: { a: { ...AUTHORIZER, identitySource: "body.a" } } });
      },
      { severity: "error", message: "Invalid identity source specified: body.a" },
    ],
    [
      "two authorizers of one name",
      (definition) => {
        Object.assign(definition, { authorizers: { a: AUTHORIZER, b: { ...AUTHORIZER, id: "b" } } });
      },
      { severity: "error", path: ["authorizers", "b", "name"] },
    ],
    [
      "a gateway response that reads the body",
      (definition) => {
        definition.gatewayResponses.THROTTLED = {
          responseType: "THROTTLED",
          statusCode: null,
          responseParameters: { "gatewayresponse.header.A": "method.request.body" },
          responseTemplates: {},
        };
      },
      { severity: "error", path: ["gatewayResponses", "THROTTLED", "responseParameters"] },
    ],
    [
      "an entry under a key that is not its own",
      (definition) => {
        Object.assign(definition.models, { Other: definition.models.Empty });
      },
      { severity: "error", path: ["models", "Other"] },
    ],
    [
      "a second root",
      (definition) => {
        definition.resources.b = { id: "b", parentId: null, pathPart: "", resourceMethods: {} };
      },
      { severity: "error", message: "A definition has exactly one root resource" },
    ],
    [
      "two variables at one place of the tree",
      (definition) => {
        definition.resources.x = { id: "x", parentId: "pets", pathPart: "{x}", resourceMethods: {} };
      },
      { severity: "error", path: ["resources", "pet", "pathPart"] },
    ],
    [
      "a resource in a circle",
      (definition) => {
        definition.resources.b = { id: "b", parentId: "b", pathPart: "x", resourceMethods: {} };
      },
      { severity: "error", message: "Resources cannot be cyclical." },
    ],
  ])("finds %s", (_, step, expected) => {
    const broken = structuredClone(base);
    step(broken);
    expect(checkDefinition(broken)).toContainEqual(expect.objectContaining(expected));
  });
});
