import { describe, expect, it } from "vitest";
import { methodOf, oas3, operation, read } from "@/server/testing/read-openapi";

describe("integrations that are not quite AWS's", () => {
  const integrate = (integration: object, more: object = {}) => {
    const { definition, said } = read(
      oas3({
        "/a/{id}": {
          post: { responses: { "200": {} }, ...more, "x-amazon-apigateway-integration": integration },
        },
      }),
    );
    return { method: methodOf(definition, "POST /a/{id}"), said: said.join("\n") };
  };

  it("lose values that are none of AWS's, with a word for each", () => {
    const { method, said } = integrate({
      type: "mock",
      timeoutInMillis: 5,
      passthroughBehavior: "sometimes",
      payloadFormatVersion: "2.0",
      own: 1,
      requestParameters: { "integration.request.cookie.a": "'a'", "integration.request.header.b": "b" },
      requestTemplates: { nonsense: "a", "application/json": { statusCode: 200 } },
      responses: {
        default: { statusCode: "200", responseParameters: { "method.response.header.X": "nonsense" } },
      },
    });
    expect(method.methodIntegration).toMatchObject({
      timeoutInMillis: 29000,
      passthroughBehavior: "WHEN_NO_MATCH",
      requestParameters: {},
      requestTemplates: { "application/json": '{"statusCode":200}' },
    });
    for (const word of [
      "timeoutInMillis 5",
      "SOMETIMES",
      "payloadFormatVersion",
      "own has no place",
      "cookie",
      "= b is",
      "nonsense: it",
      "JSON text",
      "X = nonsense",
    ]) {
      expect(said).toContain(word);
    }
  });

  it("are none at all with a type there is not", () => {
    const { method, said } = integrate({ type: "ftp" });
    expect(method.methodIntegration).toBeNull();
    expect(said).toContain("Integration type ftp");
  });

  it("keep one of two answers with the same status code, the default first", () => {
    const { method, said } = integrate({
      type: "mock",
      responses: {
        "2..": { statusCode: "200", responseTemplates: { "application/json": "a" } },
        default: { statusCode: "200" },
        "404": {},
      },
    });
    expect(method.methodIntegration?.integrationResponses["200"]).toMatchObject({
      selectionPattern: null,
      responseTemplates: {},
    });
    expect(method.methodResponses["404"]).toBeDefined();
    expect(said).toContain("Two integration responses lead to 200: only default is kept, not 2..");
    expect(said).toContain("Integration response 404 has no status code: 404 is used");
  });

  it("let the default answer for a pattern that leads to the same", () => {
    const { method, said } = integrate({
      type: "mock",
      responses: { "2..": { statusCode: 200 }, default: { statusCode: 200 } },
    });
    expect(method.methodIntegration?.integrationResponses["200"]?.selectionPattern).toBeNull();
    expect(said).toContain("answers 2.. as well");
  });

  it("say when they read a variable that is not in the path", () => {
    const { said } = integrate({
      type: "http",
      uri: "http://a",
      requestParameters: { "integration.request.path.x": "method.request.path.y" },
    });
    expect(said).toContain("method.request.path.y is read here but is not in the path /a/{id}");
  });
});

describe("settings that are not quite AWS's", () => {
  it("are dropped with a word for each", () => {
    const { definition, said } = read(
      oas3(
        {
          "/a": {
            get: operation({
              "x-amazon-apigateway-auth": { type: "magic" },
              "x-amazon-apigateway-request-validator": "gone",
            }),
          },
          "x-own": {},
        },
        {
          "x-amazon-apigateway-cors": { allowOrigins: ["*"] },
          "x-amazon-apigateway-minimum-compression-size": -1,
          "x-amazon-apigateway-gateway-responses": {
            NONE: {},
            THROTTLED: { statusCode: "9", responseParameters: { x: "'a'" } },
          },
          "x-amazon-apigateway-documentation": { documentationParts: [{ properties: {} }] },
          components: {
            securitySchemes: {
              a: {
                type: "apiKey",
                in: "header",
                name: "A",
                "x-amazon-apigateway-authorizer": { type: "magic" },
              },
            },
          },
        },
      ),
    );
    expect(definition.minimumCompressionSize).toBeNull();
    expect(definition.gatewayResponses).toEqual({
      THROTTLED: {
        responseType: "THROTTLED",
        statusCode: null,
        responseParameters: {},
        responseTemplates: {},
      },
    });
    const all = said.join("\n");
    for (const word of [
      "for HTTP APIs",
      "minimumCompressionSize",
      "no gateway response NONE",
      "9 is no status code",
      "x = 'a'",
      "location with a type",
      "Authorizer a cannot be read",
      "MAGIC",
      "no request validator gone",
      "x-own has",
    ]) {
      expect(all).toContain(word);
    }
  });

  it("read an API behind private endpoints from the first server", () => {
    const server = {
      url: "https://x",
      "x-amazon-apigateway-endpoint-configuration": { vpcEndpointIds: ["vpce-1"] },
    };
    const { definition } = read(oas3({}, { servers: [server] }));
    expect(definition.endpointConfiguration).toMatchObject({
      types: ["PRIVATE"],
      vpcEndpointIds: ["vpce-1"],
    });
  });

  it("ask for all of several requirements, as AWS does", () => {
    const authorizer = (name: string) => ({
      type: "apiKey",
      in: "header",
      name,
      "x-amazon-apigateway-authorizer": { type: "token", authorizerUri: "arn:x" },
    });
    const schemes = {
      a: authorizer("A"),
      b: authorizer("B"),
      k: { type: "apiKey", in: "query", name: "key" },
      i: { type: "apiKey", in: "header", name: "Authorization", "x-amazon-apigateway-authtype": "awsSigv4" },
    };
    const { definition, said } = read(
      oas3(
        {
          "/a": {
            get: operation({ security: [{}, { a: [] }, { b: [] }, { k: [] }, { i: [] }, { gone: [] }] }),
          },
        },
        { components: { securitySchemes: schemes } },
      ),
    );
    const method = methodOf(definition, "GET /a");
    expect(method).toMatchObject({ authorizationType: "CUSTOM", apiKeyRequired: true });
    expect(definition.authorizers[method.authorizerId ?? ""]?.name).toBe("a");
    const all = said.join("\n");
    for (const word of [
      "Optional security",
      "one authorizer",
      "one kind of authorization",
      "no such security scheme",
      "header x-api-key, not in key",
    ])
      expect(all).toContain(word);
  });

  it("leave out paths that cannot be, and greedy variables that are in the way", () => {
    const { definition, said } = read(
      oas3({
        "/a/{p+}/b": {},
        "/c/{p+}": { get: operation() },
        "/c/{q}": { get: operation() },
        "/": { get: operation() },
        "": { get: operation() },
      }),
    );
    expect(Object.values(definition.resources).map(({ pathPart }) => pathPart)).toEqual(["", "c", "{p+}"]);
    const all = said.join("\n");
    for (const word of ["must be its end", "already the variable {p+}", "GET / is there already"])
      expect(all).toContain(word);
  });
});
