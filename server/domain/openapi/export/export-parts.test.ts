import { describe, expect, it } from "vitest";
import type { ApiDefinition } from "@/server/domain/definition";
import { hashDefinition } from "@/server/domain/hash-definition";
import { overwriteDefinition } from "@/server/domain/merge/merge-definition";
import { integrationSchema } from "@/server/gateway/snapshot/integration";
import { base } from "@/server/testing/pets-definition";
import { methodOf, read } from "@/server/testing/read-openapi";
import { type ExportOptions, exportOpenApi } from "./export-openapi";

const OAS: ExportOptions = { format: "oas30", extensions: true };
const SWAGGER: ExportOptions = { format: "swagger", extensions: true };
const model = (name: string, schema: unknown) => ({
  name,
  description: "",
  contentType: "application/json",
  schema: typeof schema === "string" ? schema : JSON.stringify(schema),
});

function changed(step: (definition: ApiDefinition) => void): ApiDefinition {
  const definition = structuredClone(base);
  step(definition);
  return definition;
}

/** The definition's export, imported again over it. */
const again = (definition: ApiDefinition, options: ExportOptions) =>
  overwriteDefinition(
    definition,
    read(exportOpenApi(definition, options), { withoutIntegration: "none" }).definition,
  );

describe("an export, imported again, keeps", () => {
  it.each<[what: string, step: (definition: ApiDefinition) => void]>([
    [
      "the VPC endpoints of a private API",
      (d) => {
        d.endpointConfiguration = {
          types: ["PRIVATE"],
          ipAddressType: "dualstack",
          vpcEndpointIds: ["vpce-1"],
        };
      },
    ],
    [
      "a gateway response with nothing but a status",
      (d) => {
        d.gatewayResponses.THROTTLED = {
          responseType: "THROTTLED",
          statusCode: "420",
          responseParameters: {},
          responseTemplates: {},
        };
      },
    ],
    [
      "an identity source in the query string",
      (d) => {
        Object.assign(d.authorizers.auth ?? {}, { identitySource: "method.request.querystring.token" });
      },
    ],
    [
      "an integration that streams its answer",
      (d) => {
        const post = d.resources.pets?.resourceMethods.POST;
        if (!post) return;
        post.methodIntegration = integrationSchema.parse({
          type: "HTTP_PROXY",
          httpMethod: "POST",
          uri: "http://127.0.0.1:9/",
          responseTransferMode: "STREAM",
        });
      },
    ],
    [
      "a model for every media type",
      (d) => {
        const post = d.resources.pets?.resourceMethods.POST;
        if (post) post.requestModels = { $default: "Pet" };
      },
    ],
    [
      "documentation of info that has no place of its own",
      (d) => {
        d.documentationParts = [
          {
            id: "d",
            location: { type: "API", path: null, method: null, statusCode: null, name: null },
            properties: '{"info":"all of it"}',
          },
        ];
      },
    ],
    [
      "a reference to a model below a property that has a keyword's name",
      (d) => {
        const $ref = "https://apigateway.amazonaws.com/restapis/api/models/Pet";
        const names = ["default", "enum", "required", "$ref", "type", "properties"];
        const properties = Object.fromEntries(names.map((name) => [name, { $ref }]));
        d.models.Keywords = model("Keywords", JSON.stringify({ type: "object", properties }, null, 2));
      },
    ],
  ])("%s", (_, step) => {
    const start = changed(step);
    // Texts of schemas are written anew once; from then on they stay.
    const first = again(start, OAS);
    for (const options of [OAS, SWAGGER])
      expect(hashDefinition(again(first, options))).toBe(hashDefinition(first));
    expect(exportOpenApi(first, OAS)).toEqual(exportOpenApi(start, OAS));
  });
});

describe("an export", () => {
  it("says where the API is served as far as that is known", () => {
    const at = (options: Partial<ExportOptions>) => {
      const { host, basePath, schemes } = exportOpenApi(base, { ...SWAGGER, ...options });
      const { servers } = exportOpenApi(base, { ...OAS, ...options });
      return { host, basePath, schemes, servers };
    };
    const nowhere = { host: undefined, basePath: undefined, schemes: undefined, servers: undefined };
    expect(at({})).toEqual(nowhere);
    expect(at({ baseUrl: "http://127.0.0.1:8080/" })).toEqual({
      host: "127.0.0.1:8080",
      basePath: undefined,
      schemes: ["http"],
      servers: [{ url: "http://127.0.0.1:8080" }],
    });
    expect(at({ baseUrl: "http://127.0.0.1:8080/api1", stage: "prod" })).toMatchObject({
      basePath: "/api1/prod",
      servers: [{ variables: { basePath: { default: "prod" } } }],
    });
  });

  it("has a version of its own, else the one given for that, else an empty one", () => {
    const version = (definition: ApiDefinition, options: Partial<ExportOptions> = {}) =>
      (exportOpenApi(definition, { ...OAS, ...options }).info as { version: string }).version;
    const versioned = changed((d) => {
      d.version = "7";
    });
    expect(version(versioned, { versionWhenEmpty: "2026" })).toBe("7");
    expect(version(base, { versionWhenEmpty: "2026" })).toBe("2026");
    expect(version(base)).toBe("");
  });

  it("leads references inside a model to the model, and leaves those to elsewhere", () => {
    const definition = changed((d) => {
      d.models.Tree = model("Tree", {
        type: "object",
        properties: {
          self: { $ref: "#" },
          part: { $ref: "#/definitions/part" },
          far: { $ref: "https://elsewhere.test/schema.json" },
        },
        definitions: { part: { type: "integer" } },
      });
    });
    const schema = (options: ExportOptions) => {
      const { components, definitions } = exportOpenApi(definition, options) as Record<string, unknown>;
      return (definitions ?? (components as { schemas: unknown }).schemas) as Record<string, object>;
    };
    expect(schema(OAS).Tree).toMatchObject({
      properties: {
        self: { $ref: "#/components/schemas/Tree" },
        part: { $ref: "#/components/schemas/Tree/definitions/part" },
        far: { $ref: "https://elsewhere.test/schema.json" },
      },
    });
    expect(schema(SWAGGER).Tree).toMatchObject({
      properties: { self: { $ref: "#/definitions/Tree" } },
    });
  });

  it("leaves out a model that is no JSON", () => {
    const definition = changed((d) => {
      d.models.Text = model("Text", "<schema/>");
    });
    expect(JSON.stringify(exportOpenApi(definition, OAS))).not.toContain("Text");
  });

  it("writes the first of two integration responses with the same pattern: it is the one that is chosen", () => {
    const definition = changed((d) => {
      const integration = d.resources.pets?.resourceMethods.POST?.methodIntegration;
      const [first] = Object.values(integration?.integrationResponses ?? {});
      if (integration && first)
        integration.integrationResponses = { "200": first, "201": { ...first, statusCode: "201" } };
    });
    const integration = methodOf(
      read(exportOpenApi(definition, OAS)).definition,
      "POST /pets",
    ).methodIntegration;
    expect(Object.keys(integration?.integrationResponses ?? {})).toEqual(["200"]);
  });
});
