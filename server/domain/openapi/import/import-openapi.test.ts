import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { failure, methodOf, oas3, operation, read } from "@/server/testing/read-openapi";

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

  it("is refused when an alias leads back to itself", () => {
    expect(failure("openapi: 3.0.1\na: &a {b: *a}").code).toBe("LIMIT");
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
  it("to parts of schemas that double with every step end at a limit", () => {
    const part = (n: number) => ({ $ref: `#/x-parts/${n}` });
    const parts = Array.from({ length: 60 }, (_, n) => ({
      type: "object",
      properties: { a: part(n + 1), b: part(n + 1) },
    }));
    const { definition } = read(
      oas3({}, { "x-parts": [...parts, { type: "string" }], components: { schemas: { A: part(0) } } }),
    );
    expect(definition.models.A?.schema.length).toBeLessThan(5_000_000);
  });

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
