import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { emptyDefinition } from "@/server/domain/definition";
import { modelUrl } from "@/server/domain/model/model-references";
import { deployableSample } from "@/server/testing/infrastructure-sample";
import { exportCloudFormation } from "./export-cloudformation";
import { ref } from "./intrinsic";
import { writeTemplate } from "./write-template";

type Resource = { Type: string; DependsOn?: string[]; Properties: Record<string, unknown> };
type Template = { Resources: Record<string, Resource>; Outputs: object };

const tag = (name: string, key: string) => ({ tag: name, resolve: (text: string) => ({ [key]: text }) });
/** As CloudFormation reads it: YAML 1.1 with its short forms. */
const read = (text: string): Template =>
  parse(text, { version: "1.1", customTags: [tag("!Ref", "Ref"), tag("!GetAtt", "GetAtt")] });

/** Every `Ref`, `GetAtt` and `DependsOn` of a template. */
function targets(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(targets);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    if (key === "Ref") return [String(member)];
    if (key === "GetAtt") return [String(member).split(".")[0] as string];
    return key === "DependsOn" ? (member as string[]) : targets(member);
  });
}

describe("an API as CloudFormation", () => {
  const deployable = deployableSample();
  const template = read(exportCloudFormation(deployable));
  const ofType = (type: string) =>
    Object.values(template.Resources).filter((one) => one.Type === `AWS::ApiGateway::${type}`);

  it("has a resource for each part, and refers only to what it has", () => {
    const { definition } = deployable;
    const methods = Object.values(definition.resources).flatMap((one) => Object.values(one.resourceMethods));
    expect(ofType("Resource")).toHaveLength(Object.keys(definition.resources).length - 1);
    expect(ofType("Method")).toHaveLength(methods.length);
    expect(ofType("Authorizer")).toHaveLength(Object.keys(definition.authorizers).length);
    expect(ofType("RequestValidator")).toHaveLength(Object.keys(definition.requestValidators).length);
    expect(ofType("GatewayResponse")).toHaveLength(Object.keys(definition.gatewayResponses).length);
    expect(ofType("DocumentationPart")).toHaveLength(definition.documentationParts.length);
    for (const target of targets(template)) expect(Object.keys(template.Resources)).toContain(target);
    for (const id of Object.keys(template.Resources)) expect(id).toMatch(/^[A-Za-z0-9]+$/);
  });

  it("deploys all methods and gateway responses, anew for another definition", () => {
    const [id, deployment] = Object.entries(template.Resources).find(([, { Type }]) =>
      Type.endsWith("::Deployment"),
    ) as [string, Resource];
    const frozen = Object.keys(template.Resources).filter((one) => /^(Method|GatewayResponse)/.test(one));
    expect(deployment.DependsOn).toEqual(frozen);
    const changed = exportCloudFormation(
      deployableSample((d) => {
        d.description = "other";
      }),
    );
    expect(changed).not.toContain(`${id}:`);
    expect(template.Resources.Stage?.Properties).toMatchObject({
      DeploymentId: { Ref: id },
      StageName: "prod",
      Variables: { host: "example.com" },
      CacheClusterEnabled: true,
      CacheClusterSize: "1.6",
      MethodSettings: [
        { ResourcePath: "/*", HttpMethod: "*", ThrottlingBurstLimit: 5 },
        { ResourcePath: "/~1pets~1{petId}", HttpMethod: "GET", CachingEnabled: true },
      ],
    });
  });

  it("keeps every template and mapping as it is", () => {
    for (const one of Object.values(deployable.definition.resources)) {
      for (const method of Object.values(one.resourceMethods)) {
        const { requestTemplates = {}, requestParameters = {} } = method.methodIntegration ?? {};
        const twin = ofType("Method").find(
          ({ Properties }) =>
            Properties.OperationName === (method.operationName || undefined) &&
            Properties.HttpMethod === method.httpMethod,
        )?.Properties.Integration as Record<string, unknown>;
        expect(twin.RequestTemplates ?? {}).toEqual(requestTemplates);
        expect(twin.RequestParameters ?? {}).toEqual(requestParameters);
      }
    }
  });

  it("says models' references with the API's id, and makes models in an order that works", () => {
    const list = JSON.stringify({ type: "array", items: { $ref: modelUrl("api", "Item") } });
    const item = JSON.stringify({ properties: { list: { $ref: modelUrl("api", "List") } } });
    const model = (name: string, schema: string) => ({
      name,
      schema,
      description: "",
      contentType: "application/json",
    });
    const { Resources } = read(
      exportCloudFormation(
        deployableSample((d) => {
          d.models = {
            List: model("List", list),
            Item: model("Item", item),
            Empty: model("Empty", "{}"),
            Error: emptyDefinition({ name: "x", rootId: "r" }).models.Error as never,
          };
        }),
      ),
    );
    expect(Resources.ModelList).toMatchObject({
      DependsOn: ["ModelItem"],
      Properties: {
        Schema: {
          items: {
            $ref: {
              "Fn::Join": [
                "",
                ["https://apigateway.amazonaws.com/restapis/", { Ref: "RestApi" }, "/models/Item"],
              ],
            },
          },
        },
      },
    });
    expect(Resources.ModelItem?.DependsOn).toBeUndefined();
    expect(Resources.ModelEmpty?.Properties.Name).toBe("EmptyModel");
    expect(Resources.ModelError).toBeUndefined();
  });

  it("says what AWS cannot have", () => {
    const text = exportCloudFormation(
      deployableSample((d) => {
        const method = Object.values(d.resources).flatMap((one) => Object.values(one.resourceMethods));
        const [first, second] = method;
        if (first) first.methodIntegration = null;
        if (second?.methodIntegration) {
          second.methodIntegration.uri = "http://localhost:1/\nx";
          second.methodIntegration.tlsConfig = { insecureSkipVerification: true };
        }
        d.policy = "no json";
      }),
    );
    const head = text.split("\n").filter((line) => line.startsWith("#"));
    expect(head.join("\n")).toContain("has no integration");
    expect(head.join("\n")).toContain("cannot reach");
    expect(head.join("\n")).toContain("does not verify certificates");
    expect(read(text).Resources.RestApi?.Properties.Policy).toBeUndefined();
  });

  it("says when it is too large", () => {
    const text = exportCloudFormation(
      deployableSample((d) => {
        const root = Object.values(d.resources).find(({ parentId }) => parentId === null);
        for (let n = 0; n < 500; n++)
          d.resources[`n${n}`] = {
            id: `n${n}`,
            parentId: root?.id ?? "",
            pathPart: `n${n}`,
            resourceMethods: {},
          };
      }),
    );
    expect(text).toMatch(/^# .*500 resources/m);
  });

  it("needs no methods", () => {
    const definition = emptyDefinition({ name: "Bare", rootId: "root" });
    const { Resources } = read(
      exportCloudFormation({ definition, hash: "0123456789abcdef", stage: { stageName: "s" } }),
    );
    expect(Object.keys(Resources)).toEqual(["RestApi", "Deployment0123456789ab", "Stage"]);
    expect(Resources.Deployment0123456789ab?.DependsOn).toBeUndefined();
  });
});

describe("any text in a template", () => {
  const odd = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          "yes",
          "no",
          "on",
          "~",
          "2010-09-09",
          "1_000",
          "0x1f",
          "12:30:00",
          "null",
          "=",
          "<<",
          "!Ref x",
          "&a",
          "*a",
        ),
        fc.constantFrom(
          "${x}",
          "$",
          "\n",
          "\r",
          "\t",
          " ",
          "#",
          ": ",
          "- ",
          "'",
          '"',
          "\\",
          "%",
          "@",
          "`",
          "\u0000",
          "\u0085",
          "\u2028",
          "😀",
          "\ufeff",
        ),
        fc.string({ maxLength: 3 }),
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join(""));

  it("is read back as it was, as a value and as a key", () => {
    fc.assert(
      fc.property(odd, odd, (key, text) => {
        const template = { a: { [`k${key}`]: text }, [`${key}k`]: [text, ref("Api")] };
        const written = writeTemplate(template, ["a note"]);
        expect(read(written)).toEqual({ a: { [`k${key}`]: text }, [`${key}k`]: [text, { Ref: "Api" }] });
      }),
      { numRuns: 1_000 },
    );
  });
});
