import { describe, expect, it } from "vitest";
import { methodOf, oas3, operation, read } from "@/server/testing/read-openapi";

const swagger = (paths: object, more: object = {}) => ({
  swagger: "2.0",
  info: { title: "T", version: "1" },
  paths,
  ...more,
});

describe("references that lead nowhere", () => {
  it("leave out what they stand for, with a word for each", () => {
    const gone = { $ref: "#/components/gone" };
    const { definition, said } = read(
      oas3(
        {
          "/a": {
            post: operation({
              requestBody: gone,
              responses: {
                "200": { headers: { "X-A": gone, "X B": {}, "X-C": {} } },
                "201": gone,
                "202": { content: { "application/json": { schema: { $ref: "#Pet" } } } },
                "203": { content: { "application/json": { schema: { $ref: "schema.json" } } } },
              },
            }),
            get: operation({ "x-amazon-apigateway-integration": gone }),
          },
        },
        { components: { securitySchemes: { s: gone } } },
      ),
    );
    const method = methodOf(definition, "POST /a");
    expect(method.requestModels).toEqual({});
    expect(Object.keys(method.methodResponses)).toEqual(["200", "202", "203"]);
    expect(method.methodResponses["200"]?.responseParameters).toEqual({
      "method.response.header.X-C": false,
    });
    expect(method.methodResponses["202"]?.responseModels).toEqual({});
    expect(methodOf(definition, "GET /a").methodIntegration).toBeNull();
    const all = said.join("\n");
    for (const word of [
      "#/components/gone leads nowhere",
      "Header X B: a name has",
      "Response 201: its reference leads nowhere",
      "#Pet leads nowhere",
      "schema.json is not followed",
    ]) {
      expect(all).toContain(word);
    }
  });
});

describe("bodies", () => {
  it("answer for a range of status codes with its first", () => {
    const { definition, said } = read(
      oas3({ "/a": { get: operation({ responses: { "2XX": {}, "200": {}, "4xx": {} } }) } }),
    );
    expect(Object.keys(methodOf(definition, "GET /a").methodResponses)).toEqual(["200", "400"]);
    expect(said.join("\n")).toContain("Response 2XX: there is already 200");
    expect(said.join("\n")).toContain("Response 4xx is method response 400");
  });

  it("are described for any media type, but not for a family of them", () => {
    const schema = { type: "object", properties: { a: { type: "string" } } };
    const { definition, said } = read(
      oas3({
        "/a": {
          post: operation({
            requestBody: { content: { "*/*": { schema }, "image/*": { schema }, nonsense: { schema } } },
            responses: { "200": { content: { "*/json": { schema }, "text/x": { schema } } } },
          }),
        },
      }),
    );
    const method = methodOf(definition, "POST /a");
    expect(method.requestModels.$default).toBeDefined();
    expect(Object.keys(method.requestModels)).not.toContain("nonsense");
    expect(Object.keys(method.methodResponses["200"]?.responseModels ?? {})).toEqual(["text/x"]);
    expect(said.join("\n")).toContain("Request body nonsense is not described");
    expect(said.join("\n")).toContain("Response */json is not described");
  });

  it("of Swagger take the operation's media types, else the document's, else JSON", () => {
    const schema = { type: "object", properties: { a: { type: "string" } } };
    const body = { name: "b", in: "body", schema };
    const models = (own: object, root: object = {}) => {
      const responses = { "200": { description: "ok", schema } };
      const { definition } = read(
        swagger({ "/a": { post: operation({ parameters: [body], responses, ...own }) } }, root),
      );
      const { requestModels, methodResponses } = methodOf(definition, "POST /a");
      return [Object.keys(requestModels), Object.keys(methodResponses["200"]?.responseModels ?? {})];
    };
    expect(models({})).toEqual([["application/json"], ["application/json"]]);
    expect(models({}, { consumes: ["text/a"], produces: ["text/b"] })).toEqual([["text/a"], ["text/b"]]);
    expect(models({ consumes: ["text/c"] }, { consumes: ["text/a"] })[0]).toEqual(["text/c"]);
    expect(models({ consumes: ["nonsense"] })[0]).toEqual(["application/json"]);
  });

  it("of Swagger that are files or forms have no model", () => {
    const { definition, said } = read(
      swagger({
        "/a": {
          post: operation({
            parameters: [
              { name: "f", in: "formData", type: "file" },
              { name: "b", in: "body", schema: {} },
            ],
            responses: { "200": { description: "ok", schema: { type: "file" } } },
          }),
        },
      }),
    );
    const method = methodOf(definition, "POST /a");
    expect([method.requestModels, method.methodResponses["200"]?.responseModels]).toEqual([{}, {}]);
    expect(said.join("\n")).toContain("A file has no model");
    expect(said.join("\n")).toContain("Form parameters are not described");
  });
});

describe("parameters", () => {
  it("without a name or under one that is taken are dropped, and so are mappings that are no text", () => {
    const { definition, said } = read(
      oas3({
        "/a": {
          get: operation({
            parameters: [
              { in: "query" },
              { in: "query", name: "a" },
              { in: "header", name: "a" },
              { name: "b" },
            ],
            "x-amazon-apigateway-integration": {
              type: "mock",
              requestTemplates: { "application/json": null },
              responses: {
                default: { statusCode: 200, responseParameters: { "method.response.header.X": null } },
                teapot: {},
              },
            },
          }),
        },
      }),
    );
    expect(methodOf(definition, "GET /a").requestParameters).toEqual({
      "method.request.querystring.a": false,
    });
    expect(methodOf(definition, "GET /a").methodIntegration?.requestTemplates).toEqual({
      "application/json": "",
    });
    const all = said.join("\n");
    for (const word of [
      "Parameter names must be unique",
      "Parameter b in no place",
      "method.response.header.X =  is not",
      "Integration response teapot has no status code: 200 is used",
    ]) {
      expect(all).toContain(word);
    }
  });
});

describe("integrations", () => {
  const integrate = (integration: object) => {
    const { definition, said } = read(
      oas3({ "/a": { get: operation({ "x-amazon-apigateway-integration": integration }) } }),
    );
    return { integration: methodOf(definition, "GET /a").methodIntegration, said: said.join("\n") };
  };

  it("without a type are none", () => {
    expect(integrate({ uri: "http://a" })).toMatchObject({
      integration: null,
      said: expect.stringContaining("Integration type (none)"),
    });
  });

  it("keep the default of two answers with one status code, wherever it stands", () => {
    const template = { responseTemplates: { "application/json": "a" } };
    const first = integrate({
      type: "mock",
      responses: { default: { statusCode: 200 }, "2..": { statusCode: 200, ...template } },
    });
    expect(first.integration?.integrationResponses["200"]?.selectionPattern).toBeNull();
    expect(first.said).toContain("only default is kept, not 2..");
    const same = integrate({
      type: "mock",
      responses: { default: { statusCode: 200 }, "2..": { statusCode: 200 } },
    });
    expect(same.said).toContain("answers 2.. as well");
  });
});

describe("security", () => {
  it("that cannot be enforced is said at the scheme and at every use", () => {
    const schemes = {
      bare: {},
      cookie: { type: "apiKey", in: "cookie", name: "c" },
      unnamed: { type: "apiKey", in: "query" },
      odd: { type: "apiKey", in: "header", name: "A", "x-amazon-apigateway-authorizer": {} },
      token: {
        type: "apiKey",
        in: "query",
        name: "token",
        "x-amazon-apigateway-authorizer": { type: "token", authorizerUri: "arn:x" },
      },
      anonymous: {
        type: "apiKey",
        in: "header",
        "x-amazon-apigateway-authorizer": { type: "request", authorizerUri: "arn:x" },
      },
    };
    const security = Object.keys(schemes).map((name) => ({ [name]: [] }));
    const { definition, said } = read(
      oas3(
        { "/a": { get: operation({ security, "x-amazon-apigateway-auth": {} }) } },
        { components: { securitySchemes: schemes } },
      ),
    );
    const sources = Object.values(definition.authorizers).map(({ name, identitySource }) => [
      name,
      identitySource,
    ]);
    expect(sources).toEqual([
      ["token", "method.request.querystring.token"],
      ["anonymous", null],
    ]);
    const all = said.join("\n");
    for (const word of [
      "Security scheme bare (without a type)",
      "Security requirement bare: it cannot be enforced",
      "Security scheme cookie (apiKey)",
      "Security requirement odd: authorizer cannot",
      "Authorization type (none)",
    ]) {
      expect(all).toContain(word);
    }
  });
});

describe("settings", () => {
  it("may be written as text: flags, policies, endpoint types and a version that is a number", () => {
    const { definition } = read(
      oas3(
        {},
        {
          "x-amazon-apigateway-policy": '{"Statement":[]}',
          "x-amazon-apigateway-endpoint-configuration": {
            disableExecuteApiEndpoint: "true",
            types: ["edge"],
          },
          "x-amazon-apigateway-request-validators": {
            a: { validateRequestBody: "false", validateRequestParameters: "maybe" },
          },
        },
      ),
    );
    expect(definition).toMatchObject({
      policy: '{"Statement":[]}',
      disableExecuteApiEndpoint: true,
      endpointConfiguration: { types: ["EDGE"] },
    });
    expect(Object.values(definition.requestValidators)).toMatchObject([
      { name: "a", validateRequestBody: false, validateRequestParameters: false },
    ]);
  });

  it("that are no text where text is meant count as absent", () => {
    const { definition } = read(
      oas3(
        {},
        {
          info: { title: "T", version: { a: 1 }, description: 7 },
          "x-amazon-apigateway-gateway-responses": {
            THROTTLED: { responseParameters: { "gatewayresponse.header.A": [] } },
          },
        },
      ),
    );
    expect(definition).toMatchObject({ version: "", description: "" });
    expect(definition.gatewayResponses.THROTTLED?.responseParameters).toEqual({});
  });

  it("leave the base path out when only the first part is cut off and nothing is left", () => {
    const { definition, said } = read(swagger({ "/a": {} }, { basePath: "/v1" }), { basePath: "split" });
    expect(Object.values(definition.resources).map(({ pathPart }) => pathPart)).toEqual(["", "a"]);
    expect(said.join("\n")).toContain("/v1 puts nothing in front of every path");
  });
});
