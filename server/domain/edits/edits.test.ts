import { describe, expect, it } from "vitest";
import { apiDefinitionSchema, resourcePath } from "@/server/domain/definition";
import { base, pets, post, refusal } from "@/server/testing/pets-definition";
import { applyEdits, applyPatches } from "./apply-edits";
import { edits } from "./index";

describe("edits", () => {
  it("make a new MOCK method that works at once", () => {
    const method = base.resources.pets?.resourceMethods.GET;
    expect(method?.methodIntegration).toMatchObject({
      type: "MOCK",
      requestTemplates: { "application/json": '{"statusCode": 200}' },
      integrationResponses: { "200": { statusCode: "200", selectionPattern: null } },
    });
    expect(Object.keys(method?.methodResponses ?? {})).toEqual(["200"]);
  });

  it("make a bare method, as AWS's PutMethod does, when the integration is null", () => {
    expect(base.resources.pet?.resourceMethods.GET).toMatchObject({
      methodIntegration: null,
      methodResponses: {},
    });
  });

  it("declare the variables of the path with a new method", () => {
    const { definition } = applyEdits(base, [
      { name: "create-method", input: { resourceId: "proxy", httpMethod: "ANY" } },
    ]);
    expect(definition.resources.proxy?.resourceMethods.ANY?.requestParameters).toEqual({
      "method.request.path.proxy": true,
    });
  });

  it("delete a resource with everything below it", () => {
    const { definition, labels } = applyEdits(base, [
      { name: "delete-resource", input: { resourceId: "pets" } },
    ]);
    expect(Object.keys(definition.resources).sort()).toEqual(["files", "proxy", "root"]);
    expect(labels).toEqual(["Delete resource /pets"]);
  });

  it("change only the fields that are given", () => {
    const { definition } = applyEdits(base, [
      { name: "update-integration", input: { ...post, changes: { timeoutInMillis: 500 } } },
      { name: "update-method", input: { ...post, changes: { apiKeyRequired: true } } },
      { name: "update-api", input: { changes: { version: "2" } } },
    ]);
    const before = base.resources.pets?.resourceMethods.POST;
    expect(definition.resources.pets?.resourceMethods.POST).toEqual({
      ...before,
      apiKeyRequired: true,
      methodIntegration: { ...before?.methodIntegration, timeoutInMillis: 500 },
    });
    expect({ ...definition, resources: 0 }).toEqual({ ...base, version: "2", resources: 0 });
  });

  it("move and rename a resource with everything below it", () => {
    const { definition, labels } = applyEdits(base, [
      { name: "move-resource", input: { resourceId: "pets", parentId: "files" } },
      { name: "rename-resource", input: { resourceId: "pet", pathPart: "{id}" } },
    ]);
    expect(resourcePath(definition, "pet")).toBe("/files/pets/{id}");
    expect(labels).toEqual([
      "Move resource /pets under /files",
      "Rename resource /files/pets/{petId} to {id}",
    ]);
  });

  it("set the API's endpoint and policy when AWS would take them", () => {
    const endpointConfiguration = {
      types: ["PRIVATE"],
      ipAddressType: "dualstack",
      vpcEndpointIds: ["vpce-1"],
    };
    const policy = '{"Statement":[]}';
    const { definition } = applyEdits(base, [
      {
        name: "update-api",
        input: { changes: { endpointConfiguration, policy, minimumCompressionSize: 0 } },
      },
    ]);
    expect(definition).toMatchObject({ endpointConfiguration, policy, minimumCompressionSize: 0 });
  });

  it("let a model be deleted once nothing uses it", () => {
    const { definition } = applyEdits(base, [{ name: "delete-model", input: { name: "Unused" } }]);
    expect(definition.models.Unused).toBeUndefined();
  });

  it("count a reference by another model as a use", () => {
    const ref =
      '{"type":"array","items":{"$ref":"https://apigateway.amazonaws.com/restapis/x/models/Unused"}}';
    const error = refusal(
      { name: "put-model", input: { model: { name: "List", schema: ref } } },
      { name: "delete-model", input: { name: "Unused" } },
    );
    expect(error.message).toBe("Cannot delete model 'Unused', is referenced in model: List");
  });

  it("drop the address of a MOCK, as AWS does", () => {
    const { definition } = applyEdits(base, [
      {
        name: "put-integration",
        input: { ...pets, integration: { type: "MOCK", uri: "http://a", httpMethod: "GET" } },
      },
    ]);
    expect(definition.resources.pets?.resourceMethods.GET?.methodIntegration).toMatchObject({
      uri: null,
      httpMethod: null,
    });
  });

  it("undo and redo with the patches they return", () => {
    const done = applyEdits(base, [
      { name: "delete-resource", input: { resourceId: "pets" } },
      { name: "update-api", input: { changes: { name: "Renamed", binaryMediaTypes: ["image/png"] } } },
    ]);
    const stored = JSON.parse(JSON.stringify(done)) as typeof done;
    const undone = applyPatches(stored.definition, stored.inversePatches);
    expect(undone).toEqual(base);
    expect(applyPatches(undone, stored.patches)).toEqual(done.definition);
  });

  it("are named once each, verb first", () => {
    const names = edits.map((edit) => edit.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names)
      expect(name).toMatch(/^(create|rename|move|delete|update|put|enable|replace|merge|import)-[a-z-]+$/);
  });

  it("leave a definition that fits the schema", () => {
    expect(apiDefinitionSchema.parse(base)).toEqual(base);
  });
});
