import { produce } from "immer";
import { describe, expect, it } from "vitest";
import { base } from "@/server/testing/pets-definition";
import { type ApiDefinition, emptyDefinition, resourcePath } from "./definition";
import { modelReferences } from "./model/model-references";
import { pathParameterNames } from "./path-parameters";
import { replaceContent } from "./replace-content";
import { whereUsed } from "./where-used";

describe("a definition", () => {
  it("begins with the root and AWS's two models, described or not", () => {
    const plain = emptyDefinition({ name: "A", rootId: "root" });
    const described = emptyDefinition({ name: "A", rootId: "root", description: "All of it" });
    expect([plain.description, described.description]).toEqual(["", "All of it"]);
    expect(Object.keys(plain.models)).toEqual(["Empty", "Error"]);
    expect(resourcePath(plain, "root")).toBe("/");
  });

  it("has no path and no variables for an id it does not know", () => {
    expect(resourcePath(base, "gone")).toBeNull();
    expect(pathParameterNames(base, "gone")).toEqual([]);
  });

  it("names the variables of a path, outermost first, greedy ones without their plus", () => {
    const resources: ApiDefinition["resources"] = {
      root: { id: "root", parentId: null, pathPart: "", resourceMethods: {} },
      a: { id: "a", parentId: "root", pathPart: "{a}", resourceMethods: {} },
      b: { id: "b", parentId: "a", pathPart: "{b+}", resourceMethods: {} },
    };
    expect(pathParameterNames({ resources }, "b")).toEqual(["a", "b"]);
  });
});

describe("references between models", () => {
  const url = (name: string) => `https://apigateway.amazonaws.com/restapis/x/models/${name}`;

  it("are found at every depth, each once, and only those to models", () => {
    const schema = {
      properties: { a: { $ref: url("A") }, b: { items: [{ $ref: url("B") }, { $ref: url("A") }] } },
      not: { $ref: "#/definitions/c" },
      allOf: [null, { $ref: "https://elsewhere.test/models/D" }],
    };
    expect(modelReferences(JSON.stringify(schema)).sort()).toEqual(["A", "B"]);
  });

  it("are none in a text that is no schema", () => {
    expect(["{", "null", '"a"'].flatMap(modelReferences)).toEqual([]);
  });
});

describe("where a part is used", () => {
  const used = structuredClone(base);
  const method = used.resources.pets?.resourceMethods.POST;
  if (method) {
    method.methodResponses = {
      "200": { statusCode: "200", responseParameters: {}, responseModels: { "application/json": "Pet" } },
      "404": { statusCode: "404", responseParameters: {}, responseModels: {} },
    };
  }

  it("lists the requests and the answers that a model describes, and no others", () => {
    expect(whereUsed(used, { kind: "model", name: "Pet" })).toEqual([
      "method request: /pets/POST",
      "method response: /pets/POST/200",
    ]);
    expect(whereUsed(used, { kind: "model", name: "Unused" })).toEqual([]);
  });

  it("lists the methods a validator or an authorizer guards", () => {
    expect(whereUsed(used, { kind: "requestValidator", id: "body" })).toEqual(["method request: /pets/POST"]);
    expect(whereUsed(used, { kind: "authorizer", id: "auth" })).toEqual(["method request: /pets/POST"]);
    expect(whereUsed(used, { kind: "authorizer", id: "gone" })).toEqual([]);
  });
});

describe("replacing a definition's content", () => {
  const next = emptyDefinition({ name: "Other", rootId: "root" });

  it("gives exactly the new one, inside an edit and outside", () => {
    expect(produce(base, (draft) => replaceContent(draft, next))).toEqual(next);
    const plain = structuredClone(base);
    replaceContent(plain, next);
    expect(plain).toEqual(next);
  });

  it("touches nothing that stays the same", () => {
    const same = produce(base, (draft) => replaceContent(draft, structuredClone(base)));
    expect(same).toBe(base);
  });
});
