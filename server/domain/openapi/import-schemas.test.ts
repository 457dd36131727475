import { describe, expect, it } from "vitest";
import { methodOf, oas3, read } from "@/server/testing/read-openapi";

/** The model that a named schema becomes, and what is said. */
function model(schema: unknown, { version = "3.1.0", more = {} } = {}) {
  const { definition, said } = read({
    openapi: version,
    info: { title: "T" },
    paths: {},
    components: { schemas: { S: schema, ...more } },
  });
  return { schema: JSON.parse(definition.models.S?.schema ?? "null"), said: said.join("\n") };
}
const url = (name: string) => `https://apigateway.amazonaws.com/restapis/api/models/${name}`;

describe("a schema as draft 4", () => {
  it.each<[what: string, schema: unknown, expected: unknown]>([
    [
      "a list of items, one by one",
      { items: [{ type: "string" }, true] },
      { items: [{ type: "string" }, {}] },
    ],
    [
      "dependencies, of names and of schemas",
      {
        dependencies: { a: ["b"], c: { required: ["d"] } },
        dependentSchemas: { e: { required: ["f"] } },
        dependentRequired: { g: ["h"] },
      },
      {
        dependencies: { a: ["b"], c: { required: ["d"] }, e: { required: ["f"] }, g: ["h"] },
      },
    ],
    [
      "the tighter of two bounds",
      { minimum: 5, exclusiveMinimum: 3, maximum: 5, exclusiveMaximum: 5 },
      { minimum: 5, maximum: 5, exclusiveMaximum: true },
    ],
    ["flags beside bounds", { minimum: 5, exclusiveMinimum: true }, { minimum: 5, exclusiveMinimum: true }],
    [
      "additional properties, allowed or not",
      { additionalProperties: false },
      { additionalProperties: false },
    ],
    ["schemas that are true or false", { not: true, items: false }, { not: {}, items: { not: {} } }],
    ["what is no schema as anything", { items: 7 }, { items: {} }],
  ])("says %s", (_, schema, expected) => {
    expect(model(schema).schema).toEqual(expected);
  });

  it("is without `required` that is no list, and without null where there is no type", () => {
    const { schema, said } = model({ required: true, nullable: true }, { version: "3.0.1" });
    expect(schema).toEqual({});
    expect(said).toContain("nullable (without a type), required (not a list)");
  });

  it("keeps keywords beside a reference in 3.1, and ignores them before, as each version says", () => {
    const schema = { properties: { a: { $ref: "#/components/schemas/Other", minLength: 1, title: "A" } } };
    const more = { Other: { type: "string" } };
    expect(model(schema, { more }).schema.properties.a).toEqual({
      allOf: [{ $ref: url("Other") }, { minLength: 1, title: "A" }],
    });
    expect(model(schema, { more, version: "3.0.1" }).schema.properties.a).toEqual({ $ref: url("Other") });
  });

  it("has no reference out of the document or in a circle", () => {
    const far = model({ properties: { a: { $ref: "other.json" } } });
    expect(far.schema).toEqual({ properties: { a: {} } });
    expect(far.said).toContain("other.json is not followed");
    const circle = model({ properties: { a: { $ref: "#/components/schemas/S/properties/a" } } });
    expect(circle.schema).toEqual({ properties: { a: {} } });
    expect(circle.said).toContain("circle");
  });
});

describe("a model at its place of use", () => {
  const use = (schema: unknown, components: object = {}) => {
    const response = { content: { "application/json": { schema } } };
    const { definition } = read(oas3({ "/a": { get: { responses: { "200": response } } } }, { components }));
    return methodOf(definition, "GET /a").methodResponses["200"]?.responseModels["application/json"];
  };

  it("is the named one that a reference to a reference ends at", () => {
    const components = {
      schemas: { Pet: { type: "object" } },
      "x-more": { pet: { $ref: "#/components/schemas/Pet" } },
    };
    expect(use({ $ref: "#/components/x-more/pet" }, components)).toBe("Pet");
  });

  it("is made of what a reference to an unnamed schema leads to", () => {
    expect(use({ $ref: "#/components/x-more/pet" }, { "x-more": { pet: { type: "object" } } })).toBe(
      "GetAResponse200",
    );
  });

  it("is none where a reference leads nowhere, and none where nothing is described", () => {
    expect(use({ $ref: "#/gone" })).toBeUndefined();
    expect(use({ $ref: "#/%" })).toBeUndefined();
    expect(use({})).toBeUndefined();
    expect(use(true)).toBeUndefined();
  });
});

describe("a made-up answer", () => {
  const answer = (schema: unknown, more: object = {}) => {
    const response = { content: { "application/json": { schema } }, ...more };
    const { definition } = read(oas3({ "/a": { get: { responses: { "200": response } } } }));
    const templates = methodOf(definition, "GET /a").methodIntegration?.integrationResponses["200"];
    const text = templates?.responseTemplates["application/json"];
    return text === undefined ? undefined : JSON.parse(text);
  };

  it.each<[schema: unknown, expected: unknown]>([
    [{ type: ["null", "integer"], minimum: 3 }, 3],
    [{ type: "null" }, null],
    [{ type: "boolean" }, true],
    [{ type: "array", items: { type: "number" } }, [0]],
    [{ type: "array" }, []],
    [{ type: "object" }, {}],
    [{ properties: { a: { enum: ["x"] }, b: {} } }, { a: "x" }],
    [{ oneOf: [{ const: 1 }, { const: 2 }] }, 1],
    [{ anyOf: [{ type: "string", format: "date" }] }, "2024-01-01"],
    [
      { allOf: [{ properties: { a: { default: 1 } } }], properties: { b: { examples: [2] } } },
      { a: 1, b: 2 },
    ],
    [{ title: "nothing is known of it" }, undefined],
  ])("for %j", (schema, expected) => {
    expect(answer(schema)).toEqual(expected);
  });

  it("is JSON where that is its type, also for an example that is text", () => {
    const template = (media: object) => {
      const { definition } = read(
        oas3({ "/a": { get: { responses: { "200": { content: { "application/json": media } } } } } }),
      );
      return methodOf(definition, "GET /a").methodIntegration?.integrationResponses["200"]?.responseTemplates;
    };
    expect(template({ example: "Ada" })).toEqual({ "application/json": '"Ada"' });
    expect(template({ example: '{"name": "Ada"}' })).toEqual({ "application/json": '{"name": "Ada"}' });
    expect(template({ schema: { type: "string" } })).toEqual({ "application/json": '"string"' });
  });

  it("of Swagger is the first example, or the schema's where that is of no media type", () => {
    const answerOf = (response: object) => {
      const { definition } = read({
        swagger: "2.0",
        info: { title: "T", version: "1" },
        paths: { "/a": { get: { responses: { "200": { description: "ok", ...response } } } } },
      });
      return methodOf(definition, "GET /a").methodIntegration?.integrationResponses["200"]?.responseTemplates;
    };
    expect(answerOf({ examples: { "text/plain": "hello" } })).toEqual({ "text/plain": "hello" });
    expect(answerOf({ schema: { type: "integer" } })).toEqual({ "application/json": "0" });
    expect(answerOf({ examples: { nonsense: "hello" } })).toEqual({});
  });
});
