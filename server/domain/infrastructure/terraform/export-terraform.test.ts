import { describe, expect, it } from "vitest";
import { emptyDefinition } from "@/server/domain/definition";
import { modelUrl } from "@/server/domain/model/model-references";
import { deployableSample } from "@/server/testing/infrastructure-sample";
import { type HclNode, HclReference, readHcl } from "@/server/testing/read-hcl";
import { exportTerraform } from "./export-terraform";

const addressOf = ({ labels }: HclNode) => labels.join(".");

function references(value: unknown): string[] {
  if (value instanceof HclReference) return [value.text];
  if (typeof value === "string")
    return [...value.matchAll(/\$\{(aws_[\w.]+)\}/g)].map((match) => match[1] as string);
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(references);
}

describe("an API as Terraform", () => {
  const deployable = deployableSample();
  const nodes = readHcl(exportTerraform(deployable));
  const resources = nodes.filter(({ type }) => type === "resource");
  const ofType = (type: string) => resources.filter(({ labels }) => labels[0] === `aws_api_gateway_${type}`);

  it("has a resource for each part, and refers only to what it has", () => {
    const { definition } = deployable;
    const methods = Object.values(definition.resources).flatMap((one) => Object.values(one.resourceMethods));
    const responses = methods.flatMap((method) => Object.keys(method.methodResponses));
    const integrations = methods.flatMap((method) => method.methodIntegration ?? []);
    expect(ofType("resource")).toHaveLength(Object.keys(definition.resources).length - 1);
    expect(ofType("method")).toHaveLength(methods.length);
    expect(ofType("method_response")).toHaveLength(responses.length);
    expect(ofType("integration")).toHaveLength(integrations.length);
    expect(ofType("gateway_response")).toHaveLength(Object.keys(definition.gatewayResponses).length);
    expect(ofType("documentation_part")).toHaveLength(definition.documentationParts.length);
    const known = resources.map(addressOf);
    expect(new Set(known).size).toBe(known.length);
    for (const reference of resources.flatMap(({ body }) => references(body)))
      expect(known).toContain(reference.split(".").slice(0, 2).join("."));
  });

  it("deploys after all that it freezes, anew for another definition", () => {
    const [deployment] = ofType("deployment") as [HclNode];
    const waits = (deployment.body.depends_on as HclReference[]).map(({ text }) => text);
    for (const type of [
      "method",
      "method_response",
      "integration",
      "integration_response",
      "gateway_response",
    ])
      for (const one of ofType(type)) expect(waits).toContain(addressOf(one));
    expect(deployment.body).toMatchObject({
      triggers: { redeployment: deployable.hash },
      lifecycle: { create_before_destroy: true },
    });
    expect(ofType("stage")[0]?.body).toMatchObject({
      stage_name: "prod",
      variables: { host: "example.com" },
      cache_cluster_enabled: true,
      cache_cluster_size: "1.6",
    });
    expect(ofType("method_settings").map(({ body }) => body.method_path)).toEqual([
      "*/*",
      "pets/{petId}/GET",
    ]);
  });

  it("keeps every template as it is", () => {
    const written = ofType("integration").map(({ body }) => body.request_templates ?? {});
    const kept = Object.values(deployable.definition.resources)
      .flatMap((one) => Object.values(one.resourceMethods))
      .map((method) => method.methodIntegration?.requestTemplates ?? {});
    for (const templates of kept) expect(written).toContainEqual(templates);
  });

  it("says models' references with the API's id, and makes models in an order that works", () => {
    const model = (name: string, schema: string) => ({
      name,
      schema,
      description: "",
      contentType: "application/json",
    });
    const text = exportTerraform(
      deployableSample((d) => {
        d.models = {
          List: model("List", `{"title": "$\{x}", "items": {"$ref": "${modelUrl("api", "Item")}"}}`),
          Item: model("Item", '{"$ref": "https://apigateway.amazonaws.com/other"}'),
          Empty: model("Empty", "{}"),
          Error: emptyDefinition({ name: "x", rootId: "r" }).models.Error as never,
        };
        for (const one of Object.values(d.resources))
          for (const method of Object.values(one.resourceMethods))
            method.requestModels = { "application/json": "Error" };
      }),
    );
    const models = readHcl(text).filter(({ labels }) => labels[0] === "aws_api_gateway_model");
    expect(models.map(({ body }) => [body.name, body.schema, references(body.depends_on)])).toEqual([
      ["Item", '{"$ref": "https://apigateway.amazonaws.com/other"}', []],
      [
        "List",
        '{"title": "${x}", "items": {"$ref": "https://apigateway.amazonaws.com/restapis/${aws_api_gateway_rest_api.api.id}/models/Item"}}',
        ["aws_api_gateway_model.item"],
      ],
      ["EmptyModel", "{}", []],
    ]);
    expect(text).toContain('"application/json" = "Error"');
  });

  it("says at its head what AWS cannot have", () => {
    const text = exportTerraform(
      deployableSample((d) => {
        for (const one of Object.values(d.resources))
          for (const method of Object.values(one.resourceMethods)) method.methodIntegration = null;
      }),
    );
    expect(text.split("\n")[0]).toMatch(/^# .* has no integration/);
  });

  it("names resources once, whatever their paths have in common", () => {
    const definition = emptyDefinition({ name: "Bare", rootId: "root" });
    const add = (id: string, pathPart: string) => {
      definition.resources[id] = { id, parentId: "root", pathPart, resourceMethods: {} };
    };
    for (const [index, part] of ["a-b", "A.b", "a_b", "{a+}", "1", "-"].entries()) add(`r${index}`, part);
    const names = readHcl(exportTerraform({ definition, hash: "00", stage: { stageName: "s" } }))
      .filter(({ labels }) => labels[0] === "aws_api_gateway_resource")
      .map(({ labels }) => labels[1]);
    expect(new Set(names).size).toBe(6);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
  });
});
