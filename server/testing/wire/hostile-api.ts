import { buildApi } from "../api-builder";

/** The id of the API of these tests, and the Host field that names it. */
export const API_ID = "a";
export const HOST = "a.execute-api.x";
/** The same API with short time limits. */
export const HASTY_API_ID = "b";
export const HASTY_HOST = "b.execute-api.x";

/** One method of each integration type and gate, all of them over one back end. */
export function hostileApi(backendUrl: string, { timeoutInMillis }: { timeoutInMillis: number }) {
  const proxy = { type: "HTTP_PROXY", httpMethod: "ANY", uri: `${backendUrl}/x`, timeoutInMillis };
  const http = {
    ...proxy,
    type: "HTTP",
    requestParameters: { "integration.request.header.X-Mapped": "method.request.querystring.q" },
    integrationResponses: {
      200: { responseParameters: { "method.response.header.X-Back": "integration.response.header.X-Back" } },
    },
  };
  return buildApi(
    {
      "ANY /proxy": { methodIntegration: proxy },
      "ANY /proxy/{rest+}": {
        methodIntegration: {
          ...proxy,
          uri: `${backendUrl}/x/{rest}`,
          requestParameters: { "integration.request.path.rest": "method.request.path.rest" },
        },
      },
      "ANY /http": { methodIntegration: http },
      "ANY /http/{id}": {
        methodIntegration: {
          ...http,
          uri: `${backendUrl}/x/{id}`,
          requestParameters: {
            "integration.request.path.id": "method.request.querystring.q",
            "integration.request.querystring.again": "method.request.querystring.q",
            "integration.request.header.X-Body": "method.request.body.h",
          },
        },
      },
      ...functionMethods(timeoutInMillis),
      ...mockMethods(),
      "ANY /guarded": { authorizationType: "CUSTOM", authorizerId: "guard", methodIntegration: proxy },
      "ANY /guarded-mapped": {
        authorizationType: "CUSTOM",
        authorizerId: "guard",
        methodIntegration: {
          ...http,
          requestParameters: { "integration.request.header.X-Who": "context.authorizer.who" },
        },
      },
      "GET /token": {
        authorizationType: "COGNITO_USER_POOLS",
        authorizerId: "token",
        methodIntegration: proxy,
      },
      "ANY /keyed": { apiKeyRequired: true, methodIntegration: proxy },
    },
    {
      authorizers: {
        guard: {
          id: "guard",
          name: "guard",
          type: "TOKEN",
          authorizerUri: functionUri("guard"),
          authorizerResultTtlInSeconds: 0,
        },
        token: { id: "token", name: "token", type: "COGNITO_USER_POOLS", providerARNs: [backendUrl] },
      },
      requestValidators: { all: { id: "all", name: "all", validateRequestBody: true } },
      models: {
        Tree: model("Tree", {
          type: "object",
          properties: { child: { $ref: "#" }, items: { type: "array", items: { $ref: "#" } } },
        }),
        Pattern: model("Pattern", { properties: { p: { type: "string", pattern: "^(a+)+$" } } }),
        Distinct: model("Distinct", { properties: { d: { type: "array", uniqueItems: true } } }),
      },
    },
  );
}

function functionMethods(timeoutInMillis: number) {
  const aws = {
    type: "AWS",
    httpMethod: "POST",
    uri: functionUri("plain"),
    timeoutInMillis,
    integrationResponses: {
      200: { responseParameters: { "method.response.header.X-Said": "integration.response.body.said" } },
    },
  };
  return {
    "ANY /aws": { methodIntegration: aws },
    "ANY /aws-proxy": { methodIntegration: { ...aws, type: "AWS_PROXY", integrationResponses: {} } },
  };
}

function mockMethods() {
  const mock = (responseTemplate: string, requestTemplate = "") => ({
    type: "MOCK",
    requestTemplates: { "application/json": `${requestTemplate}{"statusCode": 200}` },
    integrationResponses: { 200: { responseTemplates: { "application/json": responseTemplate } } },
  });
  const read = (expression: string) => ({
    methodIntegration: mock(
      "$context.requestOverride.path.b",
      `#set($context.requestOverride.path.b = ${expression})`,
    ),
  });
  const checked = (model: string) => ({
    requestValidatorId: "all",
    requestModels: { "application/json": model },
    methodIntegration: mock("ok"),
  });
  return {
    "ANY /mock": {
      methodIntegration: mock('#set($context.responseOverride.header.X-Q = $input.params("q"))ok'),
    },
    "ANY /status": {
      methodIntegration: mock('#set($context.responseOverride.status = $input.params("s"))ok'),
    },
    "POST /path": read("$input.path('$')"),
    "POST /json": read("$input.json('$')"),
    "POST /checked": checked("Tree"),
    "POST /pattern": checked("Pattern"),
    "POST /distinct": checked("Distinct"),
  };
}

const functionUri = (name: string) =>
  `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${name}/invocations`;

function model(name: string, schema: object) {
  return { name, contentType: "application/json", schema: JSON.stringify(schema) };
}
