import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import type { Method } from "@/server/gateway/snapshot/method";
import type { ImportOptions } from "./import-context";
import { ImportError } from "./import-error";
import { importOpenApi } from "./import-openapi";

function read(source: unknown, options: Partial<ImportOptions> = {}) {
  let count = 0;
  const text = typeof source === "string" ? source : JSON.stringify(source);
  const result = importOpenApi(text, { ids: () => `id${count++}`, ...options });
  const said = result.report.map(({ outcome, line, message }) => `${line} ${outcome} ${message}`);
  return { ...result, said };
}

function methodOf(definition: ApiDefinition, label: string): Method {
  const [verb, path] = label.split(" ");
  const resource = Object.values(definition.resources).find(
    ({ id }) => resourcePath(definition, id) === path,
  );
  return resource?.resourceMethods[verb as "GET"] as Method;
}

function failure(source: string): ImportError {
  try {
    read(source);
  } catch (error) {
    if (error instanceof ImportError) return error;
    throw error;
  }
  throw new Error("the document was imported");
}

const mock = { type: "mock", responses: { default: { statusCode: "200" } } };
const operation = (more: object = {}) => ({
  responses: { "200": { description: "200 response" } },
  "x-amazon-apigateway-integration": mock,
  ...more,
});
const oas3 = (paths: object, more: object = {}) => ({
  openapi: "3.0.1",
  info: { title: "T", version: "1" },
  paths,
  ...more,
});

describe("every extension of the sheet", () => {
  const { definition, report } = read(
    readFileSync("server/domain/openapi/cases/every-extension.swagger.yaml", "utf8"),
  );

  it("is kept", () => {
    expect(report.filter(({ outcome }) => outcome !== "kept")).toEqual([]);
  });

  it("sets the API's own fields", () => {
    expect(definition).toMatchObject({
      name: "Every extension",
      version: "1.10",
      apiKeySource: "AUTHORIZER",
      binaryMediaTypes: ["image/png", "application/octet-stream"],
      minimumCompressionSize: 1024,
      disableExecuteApiEndpoint: true,
    });
    expect(JSON.parse(definition.policy ?? "")).toMatchObject({
      Statement: [{ Resource: "execute-api:/*" }],
    });
    expect(definition.gatewayResponses.THROTTLED).toMatchObject({ statusCode: "420" });
  });

  it("reads the whole integration", () => {
    expect(methodOf(definition, "GET /orders").methodIntegration).toMatchObject({
      type: "HTTP",
      uri: "https://example.com/orders",
      connectionType: "VPC_LINK",
      connectionId: "link01",
      contentHandling: "CONVERT_TO_TEXT",
      passthroughBehavior: "WHEN_NO_TEMPLATES",
      timeoutInMillis: 1500,
      cacheNamespace: "orders",
      cacheKeyParameters: ["method.request.querystring.page"],
      tlsConfig: { insecureSkipVerification: true },
      requestTemplates: { "application/json": '#set($a = 1)\n{"page": "$input.params(\'page\')"}' },
      integrationResponses: {
        "200": { selectionPattern: "2\\d{2}", statusCode: "200", contentHandling: "CONVERT_TO_TEXT" },
        "500": { selectionPattern: null },
      },
    });
  });

  it("binds authorizers, scopes, keys and IAM to methods", () => {
    const access = (label: string) => {
      const { authorizationType, authorizerId, authorizationScopes, apiKeyRequired } = methodOf(
        definition,
        label,
      );
      return [
        authorizationType,
        definition.authorizers[authorizerId ?? ""]?.name,
        authorizationScopes,
        apiKeyRequired,
      ];
    };
    expect(access("GET /orders")).toEqual([
      "COGNITO_USER_POOLS",
      "pool",
      ["orders/read", "orders/all"],
      true,
    ]);
    expect(access("POST /orders")).toEqual(["CUSTOM", "token", [], false]);
    expect(access("GET /orders/{orderId}")).toEqual(["AWS_IAM", undefined, [], false]);
    expect(access("PUT /orders/{orderId}")).toEqual(["CUSTOM", "several", [], false]);
    expect(access("DELETE /orders/{orderId}")).toEqual(["AWS_IAM", undefined, [], false]);
    expect(access("ANY /files/{proxy+}")).toEqual(["NONE", undefined, [], true]);
  });

  it("takes a lone identity source from the scheme", () => {
    const sources = Object.values(definition.authorizers).map(({ name, identitySource }) => [
      name,
      identitySource,
    ]);
    expect(sources).toEqual([
      ["token", "method.request.header.X-Token"],
      ["several", "method.request.header.A, method.request.querystring.b"],
      ["pool", "method.request.header.Authorization"],
    ]);
  });

  it("gives each method its own validator or the document's", () => {
    const name = (label: string) =>
      definition.requestValidators[methodOf(definition, label).requestValidatorId ?? ""]?.name;
    expect([name("GET /orders"), name("POST /orders")]).toEqual(["all", "params"]);
  });

  it("makes models that refer to each other as AWS writes it", () => {
    const { definition: named } = read(
      readFileSync("server/domain/openapi/cases/every-extension.swagger.yaml", "utf8"),
      {
        apiId: "abc123",
      },
    );
    const order = JSON.parse(named.models.Order?.schema ?? "");
    expect(order.properties.parent.$ref).toBe(
      "https://apigateway.amazonaws.com/restapis/abc123/models/Order",
    );
    expect(order.required).toEqual(["id", "total"]);
    expect(named.models.Order?.description).toBe("What somebody bought");
  });
});

describe("a document that cannot be read", () => {
  it.each([
    ["SYNTAX", "{'key:value}", 1],
    ["SYNTAX", 'openapi: 3.0.0\ninfo:\n  title: "a\npaths: {}\n  - x', 5],
    ["NOT_OPENAPI", "hello: world", 1],
    ["NOT_OPENAPI", "", 1],
    ["NOT_OPENAPI", "[1, 2]", 1],
    ["NOT_OPENAPI", '{\n  "swagger": "1.2"\n}', 2],
    ["NOT_OPENAPI", 'info: {}\nopenapi: "4.0.0"', 2],
  ])("is refused as %s: %s", (code, source, line) => {
    const error = failure(source);
    expect({ code: error.code, line: error.line }).toEqual({ code, line });
    expect(error.message).toMatch(/^Invalid OpenAPI input/);
  });

  it("is refused when aliases make it grow without end", () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) => `x${n + 1}: &x${n + 1} [${Array(10).fill(`*x${n}`).join(",")}]`,
    );
    expect(failure(`openapi: 3.0.1\nx0: &x0 lol\n${levels.join("\n")}`).code).toBe("LIMIT");
  });

  it("is refused when it nests too deep, in JSON and in YAML", () => {
    expect(failure(`{"openapi": "3.0.1", "a": ${"[".repeat(300)}${"]".repeat(300)}}`).code).toBe("LIMIT");
    expect(failure(`{"openapi": "3.0.1", "a": ${"[".repeat(50_000)}${"]".repeat(50_000)}}`).code).toBe(
      "LIMIT",
    );
    expect(failure(`openapi: 3.0.1\na: ${"{b: ".repeat(50_000)}1${"}".repeat(50_000)}`).code).toBe("LIMIT");
  });

  it("is refused above 6 MB", () => {
    expect(failure(`openapi: 3.0.1 # ${"x".repeat(6 * 1024 * 1024)}`).code).toBe("LIMIT");
  });
});

describe("references", () => {
  it("to files and URLs are never followed, and said to be dropped", () => {
    const { definition, said } = read(
      `openapi: 3.0.1
info: {title: T, version: "1"}
paths:
  /a:
    $ref: paths/a.yaml
  /b:
    get:
      parameters:
        - $ref: https://example.com/p.yaml
      responses:
        "200":
          $ref: "other.yaml#/r"
      x-amazon-apigateway-integration: {type: mock}
components:
  schemas:
    A:
      type: object
      properties:
        b: {$ref: "models.yaml#/B"}
`,
    );
    expect(said.filter((line) => line.includes("is not followed"))).toEqual([
      "5 dropped The reference to paths/a.yaml is not followed: only references into this document are",
      "9 dropped The reference to https://example.com/p.yaml is not followed: only references into this document are",
      "12 dropped The reference to other.yaml#/r is not followed: only references into this document are",
      "19 dropped The reference to models.yaml#/B is not followed: only references into this document are",
    ]);
    expect(JSON.parse(definition.models.A?.schema ?? "").properties.b).toEqual({});
  });

  it("that lead in a circle or nowhere end", () => {
    const { said } = read(
      oas3(
        {
          "/a": {
            get: operation({ parameters: [{ $ref: "#/components/parameters/P" }, { $ref: "#/nowhere" }] }),
          },
        },
        { components: { parameters: { P: { $ref: "#/components/parameters/P" } } } },
      ),
    );
    expect(said.join("\n")).toMatch(/circle[\s\S]*nowhere|nowhere[\s\S]*circle/);
  });

  it("to a part of a schema are copied in, circles inside end", () => {
    const { definition } = read(
      oas3(
        {},
        {
          components: {
            schemas: {
              Tree: {
                type: "object",
                properties: {
                  left: { $ref: "#/components/schemas/Tree/properties/right" },
                  right: {
                    type: "object",
                    properties: { up: { $ref: "#/components/schemas/Tree/properties/right" } },
                  },
                },
              },
            },
          },
        },
      ),
    );
    const schema = JSON.parse(definition.models.Tree?.schema ?? "");
    expect(schema.properties.left).toEqual({ type: "object", properties: { up: {} } });
  });
});

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
