import { describe, expect, it } from "vitest";
import { emptyDefinition } from "@/server/domain/definition";
import { makeDocumentationVersion } from "@/server/domain/documentation/documentation-version";
import { EditError } from "@/server/domain/errors";
import type { DocumentationPart } from "@/server/gateway/snapshot/api-snapshot";
import { operation } from "@/server/testing/read-openapi";
import { type AwsExport, exportForAws } from "./aws-export";
import { readAwsImport } from "./aws-import";

let count = 0;
const { definition } = readAwsImport({
  apiId: "abc123",
  ids: () => `id${count++}`,
  body: JSON.stringify({
    openapi: "3.0.1",
    info: { title: "Pets" },
    servers: [
      { url: "https://x", "x-amazon-apigateway-endpoint-configuration": { disableExecuteApiEndpoint: true } },
    ],
    paths: {
      "/pets/{id}": {
        get: operation({
          parameters: [{ name: "id", in: "path", required: true }],
          security: [{ auth: [] }],
          responses: {
            "200": { content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } } },
          },
          "x-amazon-apigateway-request-validator": "all",
        }),
      },
    },
    components: {
      schemas: {
        Pet: {
          $schema: "http://json-schema.org/draft-04/schema#",
          type: "object",
          properties: { kind: { $ref: "#/components/schemas/Kind" } },
        },
        Kind: { type: "string" },
        Unused: { type: "string" },
      },
      securitySchemes: {
        auth: {
          type: "apiKey",
          in: "header",
          name: "X",
          "x-amazon-apigateway-authorizer": { type: "token", authorizerUri: "arn:f" },
        },
      },
    },
    "x-amazon-apigateway-request-validators": { all: { validateRequestBody: true } },
    "x-amazon-apigateway-binary-media-types": ["image/png"],
  }),
});

const location = { path: null, method: null, statusCode: null, name: null };
const documentationParts: DocumentationPart[] = [
  {
    id: "a",
    location: { ...location, type: "API" },
    properties: '{"info":{"description":"All pets"},"x-own":1,"foo":2}',
  },
  {
    id: "b",
    location: { ...location, type: "METHOD", path: "/" },
    properties: '{"description":"Any","foo":1}',
  },
  {
    id: "c",
    location: { ...location, type: "RESPONSE", statusCode: "200" },
    properties: '{"description":"Good"}',
  },
  { id: "d", location: { ...location, type: "MODEL", name: "Pet" }, properties: '{"title":"A pet"}' },
  {
    id: "e",
    location: { ...location, type: "AUTHORIZER", name: "auth" },
    properties: '{"description":"Who"}',
  },
  {
    id: "f",
    location: { ...location, type: "PATH_PARAMETER", name: "id" },
    properties: '{"description":"Its id"}',
  },
];

const documentation = {
  ...makeDocumentationVersion({ documentationParts }, { version: "v1.0" }),
  version: "v1.0",
  createdDate: "2026-11-25T09:00:00Z",
};

function got(input: Partial<AwsExport> = {}) {
  const answer = exportForAws(definition, {
    apiId: "abc123",
    region: "eu-west-1",
    stageName: "prod",
    exportType: "oas30",
    createdDate: "2026-11-25T10:00:00Z",
    ...input,
  });
  return { ...answer, text: answer.body };
}
const document = (input: Partial<AwsExport> = {}) => JSON.parse(got(input).body);
const verb = (input: Partial<AwsExport> = {}) => document(input).paths["/pets/{id}"].get;

describe("GetExport", () => {
  it("has AWS's headers, with the date in the place of a version", () => {
    expect(got()).toMatchObject({
      contentType: "application/octet-stream",
      contentDisposition: 'attachment; filename="oas30_2026-11-25T10:00:00Z.json"',
    });
    expect(document().info).toEqual({ title: "Pets", version: "2026-11-25T10:00:00Z" });
    expect(got({ accepts: "application/yaml", exportType: "swagger" })).toMatchObject({
      contentDisposition: 'attachment; filename="swagger_2026-11-25T10:00:00Z.yaml"',
      body: expect.stringContaining('swagger: "2.0"'),
    });
  });

  it("has no extension without the parameter, and for each word what belongs to it", () => {
    expect(got().text).not.toContain("x-amazon");
    const root = (extensions: string) => got({ parameters: { extensions } }).text;
    const has = (text: string) =>
      [
        '-integration"',
        '-authorizer"',
        "-binary-media-types",
        "-endpoint-configuration",
        '-request-validator"',
        "-documentation",
      ]
        .filter((word) => text.includes(`x-amazon-apigateway${word}`))
        .join(" ");
    const ofIntegrations = '-integration" -binary-media-types -endpoint-configuration -request-validator"';
    expect(has(root("integrations"))).toBe(ofIntegrations);
    expect(has(root("authorizers"))).toBe('-authorizer"');
    expect(has(root("apigateway"))).toBe(
      '-integration" -authorizer" -binary-media-types -endpoint-configuration -request-validator"',
    );
    expect(has(root("postman"))).toBe("");
    expect(has(root("integrations, authorizers"))).toBe(has(root("apigateway")));
  });

  it("refuses other types and words", () => {
    expect(() => got({ exportType: "raml" })).toThrow(EditError);
    expect(() => got({ parameters: { extensions: "integrations,magic" } })).toThrow("Invalid extensions");
  });

  it("has the models that are used, with those that they refer to", () => {
    expect(document().components.schemas).toEqual({
      Kind: { type: "string" },
      Pet: { type: "object", properties: { kind: { $ref: "#/components/schemas/Kind" } } },
    });
  });

  it("names the kind of an authorizer, and no time when none was said", () => {
    const { components } = document({ parameters: { extensions: "authorizers" } });
    expect(components.securitySchemes.auth).toEqual({
      type: "apiKey",
      name: "X",
      in: "header",
      "x-amazon-apigateway-authtype": "custom",
      "x-amazon-apigateway-authorizer": { type: "token", authorizerUri: "arn:f" },
    });
  });

  it("writes a documentation version in every place it holds, as far as OpenAPI has words for it", () => {
    const full = document({ documentation });
    expect(full.info).toMatchObject({ title: "Pets", description: "All pets" });
    expect(full["x-own"]).toBe(1);
    expect(full.foo).toBeUndefined();
    expect(verb({ documentation })).toMatchObject({
      description: "Any",
      parameters: [{ name: "id", description: "Its id" }],
      responses: { "200": { description: "Good" } },
    });
    expect(verb({ documentation }).foo).toBeUndefined();
    expect(full.components.schemas.Pet.title).toBe("A pet");
    expect(full.components.securitySchemes.auth.description).toBe("Who");
    expect(full["x-amazon-apigateway-documentation"]).toBeUndefined();
  });

  it("lists all parts when asked, the root's path left out", () => {
    const full = document({ documentation, parameters: { extensions: "documentation" } });
    const { documentationParts: listed } = full["x-amazon-apigateway-documentation"];
    expect(listed).toHaveLength(6);
    expect(full["x-amazon-apigateway-documentation"]).toMatchObject({
      version: "v1.0",
      createdDate: "2026-11-25T09:00:00Z",
    });
    expect(listed[1]).toEqual({
      location: { type: "METHOD", method: "*" },
      properties: { description: "Any", foo: 1 },
    });
  });

  it("has no documentation without a version", () => {
    expect(verb().description).toBeUndefined();
  });
});

describe("a documentation version", () => {
  it("comes back from the document AWS would write of it, with nothing of what is repeated in place", () => {
    let ids = 0;
    const { body } = got({ documentation, parameters: { extensions: "apigateway,documentation" } });
    const again = readAwsImport({ body, apiId: "abc123", ids: () => `n${ids++}` });
    const shape = (parts: readonly DocumentationPart[]) =>
      parts.map(({ location: { type, name }, properties }) => [type, name, JSON.parse(properties)]).sort();
    // `info` in place says its description with the API's own fields, and `x-own` is none of AWS's.
    expect(shape(again.definition.documentationParts)).toEqual(shape(documentationParts));
  });

  it("has a name, and something to keep", () => {
    expect(() => makeDocumentationVersion({ documentationParts }, { version: "a b" })).toThrow("Invalid");
    expect(() =>
      makeDocumentationVersion(emptyDefinition({ name: "A", rootId: "r" }), { version: "1" }),
    ).toThrow("no documentation");
  });
});
