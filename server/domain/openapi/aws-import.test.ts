import { describe, expect, it } from "vitest";
import { resourcePath } from "@/server/domain/definition";
import { EditError } from "@/server/domain/errors";
import { methodOf, oas3, operation } from "@/server/testing/read-openapi";
import { readAwsDocumentation, readAwsImport } from "./aws-import";

function ids() {
  let count = 0;
  return () => `id${count++}`;
}
const read = (document: object | string, more: object = {}) =>
  readAwsImport({
    body: typeof document === "string" ? document : JSON.stringify(document),
    ids: ids(),
    apiId: "abc123",
    ...more,
  });

function refused(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof EditError && error.code === "BAD_REQUEST") return error.message;
    throw error;
  }
  throw new Error("it was taken");
}

const odd = oas3({
  "/test": {
    get: operation({
      description: "Reads",
      "x-amazon-apigateway-integration": {
        type: "mock",
        requestParameters: { "integration.request.header.a": 7 },
      },
    }),
  },
});
const warning =
  "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.a' of resource '/test' and method 'GET' but got '7'";

describe("ImportRestApi", () => {
  it("says what it warns of, and refuses with failonwarnings", () => {
    expect(read(odd).warnings).toEqual([warning]);
    expect(refused(() => read(odd, { failOnWarnings: true }))).toBe(
      `Warnings found during import:\n\t${warning}`,
    );
  });

  it.each(["{'key:value}", "a: [", "7", "openapi: 9.9.9", 'test:\n  value:\n    - "a "b": $c"'])(
    "has one message for what is no OpenAPI: %s",
    (body) => {
      expect(refused(() => read(body))).toBe("Invalid OpenAPI input.");
      expect(refused(() => readAwsDocumentation({ body, ids: ids() }))).toBe(
        "Unable to build importer with provided input.",
      );
    },
  );

  it("says what is too much", () => {
    expect(refused(() => read("a".repeat(6 * 1024 * 1024 + 1)))).toContain("larger than 6 MB");
  });

  it("makes edge-optimised APIs, or what is asked for", () => {
    const endpoint = (parameters: object) => read(odd, { parameters }).definition.endpointConfiguration;
    expect(endpoint({})).toEqual({ types: ["EDGE"], ipAddressType: "ipv4", vpcEndpointIds: [] });
    expect(endpoint({ endpointConfigurationTypes: "PRIVATE" })).toMatchObject({
      types: ["PRIVATE"],
      ipAddressType: "dualstack",
    });
    expect(refused(() => endpoint({ endpointConfigurationTypes: "NONE" }))).toContain("Must be one of");
  });

  it("knows the modes of the base path, and refuses others", () => {
    const document = {
      swagger: "2.0",
      info: { title: "T" },
      basePath: "/a/b",
      paths: { "/c": { get: operation() } },
    };
    const paths = (basepath: string) => {
      const { definition } = read(document, { parameters: { basepath } });
      return Object.keys(definition.resources).map((id) => resourcePath(definition, id));
    };
    expect(paths("prepend")).toEqual(["/", "/a", "/a/b", "/a/b/c"]);
    expect(paths("split")).toEqual(["/", "/b", "/b/c"]);
    expect(refused(() => paths("no"))).toContain("basepath");
  });

  it("keeps a method's description as documentation, unless documentation is ignored", () => {
    const { documentationParts } = read(odd).definition;
    expect(documentationParts.map(({ location, properties }) => [location.type, properties])).toEqual([
      ["METHOD", '{"description":"Reads"}'],
    ]);
    expect(read(odd, { parameters: { ignore: "documentation" } }).definition.documentationParts).toEqual([]);
  });

  it("names models made of inline schemas MODEL and six digits, the same for the same schema", () => {
    const body = { content: { "application/json": { schema: { type: "object", minProperties: 1 } } } };
    const { definition } = read(
      oas3({ "/a": { post: operation({ requestBody: body }), put: operation({ requestBody: body }) } }),
    );
    const [name] = Object.keys(definition.models);
    expect(name).toMatch(/^MODEL[0-9a-f]{6}$/);
    expect(methodOf(definition, "PUT /a").requestModels).toEqual({ "application/json": name });
  });

  it("leaves methods without an integration as they are", () => {
    const { definition } = read(oas3({ "/a": { get: { responses: {} } } }));
    expect(methodOf(definition, "GET /a").methodIntegration).toBeNull();
  });

  it("writes the short resource of a policy out in full", () => {
    const policy = { Statement: [{ Effect: "Allow", Resource: ["execute-api:/*"] }] };
    const { definition } = read(oas3({}, { "x-amazon-apigateway-policy": policy }), {
      awsVariables: { AccountId: "111111111111", Region: "eu-west-1" },
    });
    expect(definition.policy).toContain('"arn:aws:execute-api:eu-west-1:111111111111:abc123/*"');
  });

  it("shows no time for an authorizer that has none, and the header of its scheme", () => {
    const scheme = {
      type: "apiKey",
      in: "header",
      name: "X-Token",
      "x-amazon-apigateway-authtype": "cognito_user_pools",
      "x-amazon-apigateway-authorizer": { type: "cognito_user_pools", providerARNs: ["arn:pool"] },
    };
    const { definition } = read(
      oas3(
        { "/a": { get: operation(), put: operation({ security: [{ pool: [] }] }) } },
        { security: [{ pool: ["scope/a"] }], components: { securitySchemes: { pool: scheme } } },
      ),
    );
    expect(Object.values(definition.authorizers)).toMatchObject([
      { authorizerResultTtlInSeconds: null, identitySource: "method.request.header.X-Token" },
    ]);
    expect(methodOf(definition, "GET /a")).toMatchObject({
      authorizationType: "COGNITO_USER_POOLS",
      authorizationScopes: ["scope/a"],
    });
    expect(methodOf(definition, "PUT /a").authorizationScopes).toEqual([]);
  });
});

describe("ImportDocumentationParts", () => {
  it("reads the list and what stands in place, once for each location", () => {
    const document = oas3(
      {
        "/": {
          get: operation({
            description: "Method description.",
            responses: { "200": { description: "Fine" } },
          }),
        },
      },
      {
        "x-amazon-apigateway-documentation": {
          version: "1.0.3",
          documentationParts: [
            { location: { type: "API" }, properties: { description: "API" } },
            {
              location: { type: "METHOD", method: "GET" },
              properties: { description: "Method description." },
            },
            { location: { type: "MODEL", name: "Empty" }, properties: { title: "Empty Schema" } },
            { location: { type: "API", name: "x" }, properties: {} },
          ],
        },
      },
    );
    const { parts, warnings } = readAwsDocumentation({ body: JSON.stringify(document), ids: ids() });
    expect(
      parts.map(({ location: { type, path, method, statusCode, name } }) => [
        type,
        path,
        method,
        statusCode,
        name,
      ]),
    ).toEqual([
      ["API", null, null, null, null],
      ["METHOD", "/", "GET", null, null],
      ["MODEL", null, null, null, "Empty"],
      ["RESPONSE", "/", "GET", "200", null],
    ]);
    expect(warnings).toEqual(["Invalid location: 'name' is not a valid field for type API"]);
  });
});
