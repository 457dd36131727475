import { describe, expect, it } from "vitest";
import { resourcePath } from "@/server/domain/definition";
import { methodOf, oas3, operation, read } from "@/server/testing/read-openapi";
import type { ImportOptions } from "./import-context";

describe("an operation without an integration", () => {
  const document = oas3(
    {
      "/pets": {
        get: {
          responses: {
            "404": { description: "none" },
            "200": { description: "ok", content: { "application/json": { example: [{ price: "$5 #1" }] } } },
          },
        },
        post: {
          responses: {
            "201": {
              description: "made",
              content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
            },
          },
        },
        delete: { responses: {} },
      },
    },
    {
      components: {
        schemas: {
          Pet: {
            type: "object",
            properties: {
              id: { type: "integer" },
              name: { type: "string", example: "Ada" },
              parent: { $ref: "#/components/schemas/Pet" },
            },
          },
        },
      },
    },
  );

  it("answers with its example from a MOCK, which prints it as it is", () => {
    const { definition, said } = read(document);
    const { methodIntegration } = methodOf(definition, "GET /pets");
    expect(methodIntegration).toMatchObject({
      type: "MOCK",
      requestTemplates: { "application/json": '{"statusCode": 200}' },
    });
    expect(methodIntegration?.integrationResponses["200"]?.responseTemplates["application/json"]).toBe(
      '#[[[\n  {\n    "price": "$5 #1"\n  }\n]]]#',
    );
    expect(said).toContain("1 translated Method GET /pets has no integration: a MOCK answers in its place");
  });

  it("answers with a sample of its schema when there is no example", () => {
    const { methodIntegration } = methodOf(read(document).definition, "POST /pets");
    const body = methodIntegration?.integrationResponses["201"]?.responseTemplates["application/json"] ?? "";
    expect(JSON.parse(body)).toMatchObject({ id: 0, name: "Ada", parent: { id: 0, name: "Ada" } });
  });

  it("has none when that is asked for, as on AWS", () => {
    const { definition } = read(document, { withoutIntegration: "none" });
    expect(methodOf(definition, "GET /pets").methodIntegration).toBeNull();
  });
});

describe("what API Gateway says in another way", () => {
  it("is one variable per place: later paths take the first one's name", () => {
    const { definition, said } = read(
      oas3({
        "/pets/{id}": { get: operation() },
        "/pets/{petId}/toys": {
          get: operation({
            parameters: [{ name: "petId", in: "path", required: true, schema: { type: "string" } }],
            "x-amazon-apigateway-integration": {
              type: "http",
              httpMethod: "GET",
              uri: "http://a/{petId}",
              requestParameters: { "integration.request.path.petId": "method.request.path.petId" },
            },
          }),
        },
      }),
    );
    const method = methodOf(definition, "GET /pets/{id}/toys");
    expect(method.requestParameters).toEqual({ "method.request.path.id": true });
    expect(method.methodIntegration?.requestParameters).toEqual({
      "integration.request.path.petId": "method.request.path.id",
    });
    expect(said.join("\n")).toContain("translated Variable {petId} of /pets/{petId}/toys is {id}");
  });

  it("is one integration response per status code: patterns to the same answer are joined", () => {
    const responses = {
      "4\\d\\d": { statusCode: "400" },
      "5\\d\\d": { statusCode: "400" },
      default: { statusCode: "200" },
    };
    const { definition, said } = read(
      oas3({
        "/a": {
          get: operation({
            responses: { "200": {}, "400": {} },
            "x-amazon-apigateway-integration": { type: "mock", responses },
          }),
        },
      }),
    );
    const integration = methodOf(definition, "GET /a").methodIntegration;
    expect(integration?.integrationResponses["400"]?.selectionPattern).toBe("4\\d\\d|5\\d\\d");
    expect(said.join("\n")).toContain("are joined");
  });

  it("is a declaration for everything a mapping reads or sets", () => {
    const { definition } = read(
      oas3({
        "/a": {
          get: {
            responses: {},
            "x-amazon-apigateway-integration": {
              type: "http",
              uri: "http://a/",
              requestParameters: { "integration.request.header.x": "method.request.header.y" },
              responses: {
                default: { statusCode: 200, responseParameters: { "method.response.header.Z": "'1'" } },
              },
            },
          },
        },
      }),
    );
    expect(methodOf(definition, "GET /a")).toMatchObject({
      requestParameters: { "method.request.header.y": false },
      methodResponses: { "200": { responseParameters: { "method.response.header.Z": false } } },
      methodIntegration: { httpMethod: "GET" },
    });
  });

  it("is draft 4 for younger schemas", () => {
    const schema = {
      type: ["string", "null"],
      const: "a",
      exclusiveMinimum: 3,
      minimum: 1,
      prefixItems: [true, false],
      $defs: { x: { type: "integer" } },
      dependentRequired: { a: ["b"] },
    };
    const { definition } = read({
      openapi: "3.1.0",
      info: { title: "T" },
      paths: {},
      components: { schemas: { S: schema } },
    });
    expect(JSON.parse(definition.models.S?.schema ?? "")).toEqual({
      type: ["string", "null"],
      enum: ["a"],
      minimum: 3,
      exclusiveMinimum: true,
      items: [{}, { not: {} }],
      definitions: { x: { type: "integer" } },
      dependencies: { a: ["b"] },
    });
  });

  it("is null for nullable", () => {
    const schema = { type: "string", nullable: true, enum: ["a"] };
    const { definition } = read(oas3({}, { components: { schemas: { S: schema } } }));
    expect(JSON.parse(definition.models.S?.schema ?? "")).toEqual({
      type: ["string", "null"],
      enum: ["a", null],
    });
  });
});

describe("what has no place", () => {
  it("is dropped and said, with its line", () => {
    const { said } = read(
      `openapi: 3.0.1
info: {title: T, version: "1"}
servers:
  - url: https://example.com/v2
x-own: 1
paths:
  /a.{format}:
    get: {responses: {}}
  /b:
    trace: {responses: {}}
    get:
      deprecated: true
      parameters:
        - {name: c, in: cookie, schema: {type: string}}
        - {name: "f[x]", in: query, schema: {type: string}}
        - {name: n, in: query, schema: {type: string, enum: [a]}}
      responses:
        "200": {description: ok}
        default: {description: bad}
      security: [{login: []}]
      x-amazon-apigateway-integration: {type: mock}
components:
  securitySchemes:
    login: {type: http, scheme: basic}
`,
    );
    expect(said.filter((line) => !line.includes("kept"))).toEqual([
      "4 dropped The base path /v2 is ignored: paths begin after the stage's name",
      "5 dropped x-own has no place in an API definition",
      "7 dropped Path /a.{format}: 'a.{format}' cannot be a part of a path: letters, digits and _ - . : , or one variable in braces",
      "10 dropped trace of path /b has no place in an API definition",
      "12 dropped deprecated has no place in an API definition",
      "14 dropped Parameter c in cookie: API Gateway has path, query and header parameters",
      "15 dropped Parameter f[x]: a name has letters, digits and . _ $ -",
      "16 dropped Parameter n is without enum: only its presence is checked",
      "19 dropped Response default: a method response has a status code",
      "20 dropped Security requirement login: http cannot be enforced without an authorizer, so it is not",
      "24 dropped Security scheme login (http) cannot be enforced without an authorizer",
    ]);
  });

  it("is warned of in AWS's words for a mapping that is no text", () => {
    const { report, definition } = read(
      oas3({
        "/test": {
          get: operation({
            "x-amazon-apigateway-integration": {
              type: "mock",
              requestParameters: { "integration.request.header.nothing": true },
            },
          }),
        },
      }),
    );
    expect(report).toContainEqual(
      expect.objectContaining({
        outcome: "dropped",
        warning: true,
        message:
          "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.nothing' of resource '/test' and method 'GET' but got 'true'",
      }),
    );
    expect(methodOf(definition, "GET /test").methodIntegration?.requestParameters).toEqual({});
  });
});

describe("the base path", () => {
  const paths = { "/e": { get: operation() }, "/": { get: operation() } };
  const all = (document: object, basePath: ImportOptions["basePath"]) => {
    const { definition } = read(document, { basePath });
    return Object.keys(definition.resources)
      .map((id) => resourcePath(definition, id))
      .sort();
  };
  const swagger = { swagger: "2.0", info: { title: "T", version: "1" }, basePath: "/a/b/c", paths };

  it.each<[ImportOptions["basePath"], string[]]>([
    ["ignore", ["/", "/e"]],
    ["prepend", ["/", "/a", "/a/b", "/a/b/c", "/a/b/c/e"]],
    ["split", ["/", "/b", "/b/c", "/b/c/e"]],
  ])("%s gives AWS's resources, in Swagger and in OpenAPI 3", (mode, expected) => {
    expect(all(swagger, mode)).toEqual(expected);
    expect(all(oas3(paths, { servers: [{ url: "https://example.com/a/b/c/" }] }), mode)).toEqual(expected);
    const variable = { url: "https://example.com/x", variables: { basePath: { default: "a/b/c" } } };
    expect(all(oas3(paths, { servers: [variable] }), mode)).toEqual(expected);
  });
});

it("fills in AWS's variables wherever they stand", () => {
  const uri = `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/x/\${AWS::AccountId}`;
  const { definition } = read(
    oas3({
      "/a": {
        get: operation({ "x-amazon-apigateway-integration": { type: "aws_proxy", httpMethod: "POST", uri } }),
      },
    }),
    { awsVariables: { AccountId: "111111111111", Region: "eu-west-1" } },
  );
  expect(methodOf(definition, "GET /a").methodIntegration?.uri).toBe(
    "arn:aws:apigateway:eu-west-1:lambda:path/x/111111111111",
  );
});

it("reads JSON with tabs and a byte order mark, and says the line", () => {
  const { report } = read(
    `\ufeff{\n\t"openapi": "3.0.1",\n\t"info": {"title": "T"},\n\t"x-own": 1,\n\t"paths": {}\n}`,
  );
  expect(report).toMatchObject([{ outcome: "dropped", path: "/x-own", line: 4 }]);
});
