import { describe, expect, it } from "vitest";
import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import { applyEdits } from "@/server/domain/edits/apply-edits";
import { importOpenApi } from "@/server/domain/openapi/import/import-openapi";
import { mergeDefinitions, overwriteDefinition } from "./merge-definition";

let count = 0;
/** Every import makes ids of its own. */
function read(document: object): ApiDefinition {
  const text = JSON.stringify({
    openapi: "3.0.1",
    info: { title: "T", version: "1" },
    paths: {},
    ...document,
  });
  return importOpenApi(text, { ids: () => `id${count++}` }).definition;
}

const mock = (summary: string) => ({
  summary,
  responses: { "200": { description: "200 response" } },
  "x-amazon-apigateway-request-validator": "body",
  "x-amazon-apigateway-integration": { type: "mock", responses: { default: { statusCode: "200" } } },
});
const validators = { "x-amazon-apigateway-request-validators": { body: { validateRequestBody: true } } };

const current = read({
  ...validators,
  "x-amazon-apigateway-binary-media-types": ["image/heif"],
  paths: { "/pets": { get: mock("old"), post: mock("old") }, "/pets/{petId}": { get: mock("old") } },
  components: { schemas: { Pet: { type: "object" }, Old: { type: "object" } } },
});
const imported = read({
  ...validators,
  info: { title: "New", version: "2" },
  "x-amazon-apigateway-binary-media-types": ["image/png"],
  paths: { "/pets": { get: mock("new") }, "/cats": { get: mock("new") } },
  components: { schemas: { Pet: { type: "string" } } },
});

function methods(definition: ApiDefinition): string[] {
  return Object.values(definition.resources)
    .flatMap(({ id, resourceMethods }) =>
      Object.keys(resourceMethods).map((verb) => `${verb} ${resourcePath(definition, id)}`),
    )
    .sort();
}
const idOf = (definition: ApiDefinition, path: string) =>
  Object.keys(definition.resources).find((id) => resourcePath(definition, id) === path);

describe("overwriteDefinition", () => {
  const result = overwriteDefinition(current, imported);

  it("leaves what is in the import and nothing else", () => {
    expect(methods(result)).toEqual(["GET /cats", "GET /pets"]);
    expect(Object.keys(result.models)).toEqual(["Pet"]);
    expect(result).toMatchObject({ name: "New", version: "2", binaryMediaTypes: ["image/png"] });
  });

  it("keeps ids under the same path or name", () => {
    expect(idOf(result, "/pets")).toBe(idOf(current, "/pets"));
    expect(idOf(result, "/")).toBe(idOf(current, "/"));
    expect(Object.keys(result.requestValidators)).toEqual(Object.keys(current.requestValidators));
    const method = result.resources[idOf(result, "/cats") ?? ""]?.resourceMethods.GET;
    expect(method?.requestValidatorId).toBe(Object.keys(current.requestValidators)[0]);
  });

  it("does not touch the endpoint configuration", () => {
    const edge: ApiDefinition = {
      ...current,
      endpointConfiguration: { types: ["EDGE"], ipAddressType: "ipv4", vpcEndpointIds: [] },
    };
    expect(overwriteDefinition(edge, imported).endpointConfiguration.types).toEqual(["EDGE"]);
  });
});

describe("mergeDefinitions", () => {
  const result = mergeDefinitions(current, imported);

  it("adds, and leaves what the import does not mention", () => {
    expect(methods(result)).toEqual(["GET /cats", "GET /pets", "GET /pets/{petId}", "POST /pets"]);
    expect(Object.keys(result.models).sort()).toEqual(["Old", "Pet"]);
    expect(result).toMatchObject({
      name: "New",
      version: "2",
      binaryMediaTypes: ["image/heif", "image/png"],
    });
  });

  it("replaces a method of the same path and verb whole, and a model of the same name", () => {
    expect(result.models.Pet?.schema).toBe(imported.models.Pet?.schema);
    const part = result.documentationParts.find(
      ({ location }) => location.path === "/pets" && location.method === "GET",
    );
    expect(part?.properties).toBe('{"summary":"new"}');
  });

  it("is refused for two variables at one place", () => {
    const other = read({ paths: { "/pets/{name}": { get: mock("new") } } });
    expect(() => mergeDefinitions(current, other)).toThrow(
      "A sibling ({petId}) of this resource already has a variable path part -- only one is allowed",
    );
  });

  it("gives a new id to what comes in under an id that is taken", () => {
    const twin = structuredClone(imported);
    const taken = idOf(current, "/pets/{petId}") ?? "";
    const cats = idOf(twin, "/cats") ?? "";
    const resource = twin.resources[cats];
    delete twin.resources[cats];
    if (resource) twin.resources[taken] = { ...resource, id: taken };
    expect(methods(mergeDefinitions(current, twin))).toEqual(methods(result));
  });
});

describe("the edits of both", () => {
  it.each(["replace-definition", "merge-definition"] as const)("%s touches only what differs", (name) => {
    const same = applyEdits(current, [{ name, input: { definition: structuredClone(current) } }]);
    expect(same.patches).toEqual([]);
    const { patches } = applyEdits(current, [{ name, input: { definition: { ...current, version: "9" } } }]);
    expect(patches).toEqual([{ op: "replace", path: ["version"], value: "9" }]);
  });

  it("refuse a definition that does not hold together", () => {
    const broken = structuredClone(current);
    const pets = idOf(broken, "/pets") ?? "";
    const resource = broken.resources[pets];
    if (resource) resource.parentId = "gone";
    expect(() =>
      applyEdits(current, [{ name: "replace-definition", input: { definition: broken } }]),
    ).toThrow("Invalid Resource identifier specified");
  });
});
