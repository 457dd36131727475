import { describe, expect, it } from "vitest";
import { apiDefinitionSchema, emptyDefinition } from "@/server/domain/definition";
import { curlOf } from "./curl";

function definitionWith(methods: Record<string, { path: string; apiKeyRequired?: boolean }>) {
  const definition = structuredClone(emptyDefinition({ name: "pets", rootId: "root" }));
  for (const [httpMethod, { path, ...rest }] of Object.entries(methods)) {
    definition.resources[path] ??= { id: path, parentId: "root", pathPart: path, resourceMethods: {} };
    Object.assign(definition.resources[path].resourceMethods, { [httpMethod]: { httpMethod, ...rest } });
  }
  return apiDefinitionSchema.parse(definition);
}

describe("the curl command offered after a deployment", () => {
  it("is absent when the API has no method", () => {
    expect(curlOf(definitionWith({}), "http://localhost:8080/a/dev")).toBeNull();
  });

  it("prefers a GET without a path parameter", () => {
    const definition = definitionWith({
      POST: { path: "pets" },
      DELETE: { path: "{id}" },
      GET: { path: "pets" },
    });
    expect(curlOf(definition, "http://localhost:8080/a/dev/")).toBe(
      "curl -i 'http://localhost:8080/a/dev/pets'",
    );
  });

  it("names the key header, the verb and a body where the method needs them", () => {
    const definition = definitionWith({ POST: { path: "{petId}", apiKeyRequired: true } });
    expect(curlOf(definition, "http://h/a/dev")).toBe(
      "curl -i -X POST -H 'x-api-key: YOUR_KEY' -H 'content-type: application/json' -d '{}' 'http://h/a/dev/1'",
    );
  });
});
