import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { emptyDefinition } from "@/server/domain/definition";
import { applyEdits } from "@/server/domain/edits/apply-edits";
import type { TypedEditCall } from "@/server/domain/edits/index";
import { importOpenApi } from "@/server/domain/openapi/import/import-openapi";
import { exportOpenApi } from "./export-openapi";
import { toYaml } from "./to-yaml";

const definition = applyEdits(emptyDefinition({ name: "Pets", rootId: "root" }), [
  { name: "update-api", input: { changes: { version: "1.0", binaryMediaTypes: ["image/png"] } } },
  { name: "create-resource", input: { id: "pet", parentId: "root", pathPart: "{petId}" } },
  {
    name: "create-method",
    input: {
      resourceId: "pet",
      httpMethod: "GET",
      operationName: "GetPet",
      apiKeyRequired: true,
      integration: {
        type: "HTTP",
        httpMethod: "GET",
        uri: "http://127.0.0.1/pets/{id}",
        requestParameters: { "integration.request.path.id": "method.request.path.petId" },
      },
    },
  },
] satisfies TypedEditCall[]).definition;

const parameters = (type: object) => [{ name: "petId", in: "path", required: true, ...type }];
const integration = {
  type: "http",
  httpMethod: "GET",
  uri: "http://127.0.0.1/pets/{id}",
  responses: { default: { statusCode: "200" } },
  requestParameters: { "integration.request.path.id": "method.request.path.petId" },
  passthroughBehavior: "when_no_match",
};

describe("exportOpenApi", () => {
  it("writes OpenAPI 3.0.1 in the shape of AWS's exports", () => {
    const document = exportOpenApi(definition, {
      format: "oas30",
      extensions: true,
      apiId: "abc123",
      stage: "prod",
    });
    expect(document).toMatchObject({
      openapi: "3.0.1",
      info: { title: "Pets", version: "1.0" },
      servers: [
        {
          url: "https://abc123.execute-api.us-east-1.amazonaws.com/{basePath}",
          variables: { basePath: { default: "prod" } },
        },
      ],
      components: { securitySchemes: { api_key: { type: "apiKey", name: "x-api-key", in: "header" } } },
      "x-amazon-apigateway-binary-media-types": ["image/png"],
    });
    expect(document.paths).toEqual({
      "/{petId}": {
        get: {
          operationId: "GetPet",
          parameters: parameters({ schema: { type: "string" } }),
          responses: { "200": { description: "200 response", content: {} } },
          security: [{ api_key: [] }],
          "x-amazon-apigateway-integration": integration,
        },
      },
    });
  });

  it("writes Swagger 2.0 in the shape of AWS's exports", () => {
    const document = exportOpenApi(definition, {
      format: "swagger",
      extensions: false,
      stage: "prod",
      baseUrl: "http://127.0.0.1:8080/abc123/prod/",
    });
    expect(document).toMatchObject({
      swagger: "2.0",
      host: "127.0.0.1:8080",
      basePath: "/abc123/prod",
      schemes: ["http"],
      securityDefinitions: { api_key: { type: "apiKey", name: "x-api-key", in: "header" } },
    });
    expect(document.paths).toEqual({
      "/{petId}": {
        get: {
          operationId: "GetPet",
          parameters: parameters({ type: "string" }),
          responses: { "200": { description: "200 response" } },
          security: [{ api_key: [] }],
        },
      },
    });
    expect(JSON.stringify(document)).not.toContain("x-amazon");
  });

  it("keeps the sample's lines in YAML: templates are blocks that can be read", () => {
    let count = 0;
    const source = readFileSync("prisma/seed/pet-store.openapi.yaml", "utf8");
    const sample = importOpenApi(source, { ids: () => `id${count++}` }).definition;
    const text = toYaml(exportOpenApi(sample, { format: "oas30", extensions: true }));
    expect(text).toContain("            #set($pet = $input.path('$'))\n");
    expect(text).not.toMatch(/[&*]a\d/);
  });

  it("gives the usual scheme another name when an authorizer has it", () => {
    const uri = "arn:aws:apigateway:x:lambda:path/y";
    const { definition: named } = applyEdits(definition, [
      {
        name: "put-authorizer",
        input: { authorizer: { id: "a", name: "api_key", type: "TOKEN", authorizerUri: uri } },
      },
      {
        name: "update-method",
        input: {
          resourceId: "pet",
          httpMethod: "GET",
          changes: { authorizationType: "CUSTOM", authorizerId: "a" },
        },
      },
    ]);
    const document = exportOpenApi(named, { format: "oas30", extensions: true });
    expect(document).toMatchObject({
      paths: { "/{petId}": { get: { security: [{ api_key: [] }, { api_key_: [] }] } } },
      components: { securitySchemes: { api_key: { name: "Unused" }, api_key_: { name: "x-api-key" } } },
    });
  });
});
