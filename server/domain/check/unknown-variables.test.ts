import { describe, expect, it } from "vitest";
import { type ApiDefinition, emptyDefinition } from "@/server/domain/definition";
import { applyEdits } from "@/server/domain/edits/apply-edits";
import type { TypedEditCall } from "@/server/domain/edits/index";
import { checkDefinition } from "./check-definition";

const FUNCTION = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/";
const URI = `${FUNCTION}arn:aws:lambda:eu-west-1:123456789012:function:\${stageVariables.v}/invocations`;
const SERVICE = "arn:aws:apigateway:eu-west-1:sqs:action/";
const http = { type: "HTTP", httpMethod: "GET", uri: "http://back.test/", connectionType: "INTERNET" };
const integration = (given: object): TypedEditCall =>
  ({
    name: "put-integration",
    input: { resourceId: "root", httpMethod: "GET", integration: { ...http, ...given } },
  }) as TypedEditCall;

/** Where AWS allows stage variables (developer guide, stage variables reference), each written with an edit. */
const PLACES: readonly (readonly [string, TypedEditCall])[] = [
  ["the host of an HTTP address", integration({ uri: `http://\${stageVariables.v}/x` })],
  ["the subdomain", integration({ uri: `http://\${stageVariables.v}.back.test/` })],
  ["the path", integration({ uri: `http://back.test/\${stageVariables.v}/x` })],
  ["the query", integration({ uri: `http://back.test/?v=\${stageVariables.v}` })],
  ["a function's name", integration({ type: "AWS_PROXY", httpMethod: "POST", uri: URI })],
  [
    "a function's alias",
    integration({
      type: "AWS",
      httpMethod: "POST",
      uri: URI.replace("function:", "function:hello:"),
    }),
  ],
  [
    "a service's action",
    integration({ type: "AWS", httpMethod: "POST", uri: `${SERVICE}\${stageVariables.v}` }),
  ],
  ["credentials", integration({ credentials: `arn:aws:iam::123456789012:\${stageVariables.v}` })],
  ["the id of a VPC link", integration({ connectionType: "VPC_LINK", connectionId: `\${stageVariables.v}` })],
  [
    "a parameter mapping",
    integration({ requestParameters: { "integration.request.header.X-V": "stageVariables.v" } }),
  ],
  ["a request template", integration({ requestTemplates: { "application/json": "$stageVariables.v" } })],
  [
    "a template with brackets",
    integration({ requestTemplates: { "application/json": `\${stageVariables.v}` } }),
  ],
  [
    "an authorizer's function",
    {
      name: "put-authorizer",
      input: {
        authorizer: {
          id: "auth01",
          name: "a",
          type: "TOKEN",
          authorizerUri: URI,
          identitySource: "method.request.header.A",
        },
      },
    },
  ],
  [
    "a gateway response's template",
    {
      name: "put-gateway-response",
      input: {
        gatewayResponse: {
          responseType: "DEFAULT_4XX",
          responseTemplates: { "application/json": "$stageVariables.v" },
        },
      },
    },
  ],
];

const base = (): ApiDefinition =>
  applyEdits(emptyDefinition({ name: "Pets", rootId: "root" }), [
    { name: "create-method", input: { resourceId: "root", httpMethod: "GET" } },
  ] satisfies TypedEditCall[]).definition;

describe("a stage variable in", () => {
  it.each(PLACES)("%s is accepted, and warned of exactly when the stage lacks it", (_, edit) => {
    const { definition } = applyEdits(base(), [edit]);
    const told = (stageVariables?: Record<string, string>) =>
      checkDefinition(definition, { stageVariables }).filter(({ message }) => message.includes("variable v"));
    expect(told({})).toMatchObject([
      {
        severity: "warning",
        message: "The stage has no variable v: it is empty",
        remedy: expect.any(String),
      },
    ]);
    expect(told({ v: "beta" })).toEqual([]);
    expect(told()).toEqual([]);
  });
});
