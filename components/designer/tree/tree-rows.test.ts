import { describe, expect, it } from "vitest";
import { emptyDefinition } from "@/server/domain/definition";
import { applyEdits } from "@/server/domain/edits/apply-edits";
import { treeRows } from "./tree-rows";

const { definition } = applyEdits(emptyDefinition({ name: "API", rootId: "root" }), [
  { name: "create-resource", input: { id: "pets", parentId: "root", pathPart: "pets" } },
  { name: "create-resource", input: { id: "pet", parentId: "pets", pathPart: "{petId}" } },
  { name: "create-resource", input: { id: "orders", parentId: "root", pathPart: "orders" } },
  { name: "create-method", input: { resourceId: "pets", httpMethod: "POST" } },
  { name: "create-method", input: { resourceId: "pet", httpMethod: "GET" } },
]);
const shown = (collapsed: string[], filter: string) =>
  treeRows(definition, new Set(collapsed), filter).map((row) =>
    row.kind === "method" ? `${row.httpMethod} ${row.path}` : row.path,
  );

describe("the resource tree", () => {
  it("lists each resource, then its methods, then its children", () => {
    expect(shown([], "")).toEqual([
      "/",
      "/orders",
      "/pets",
      "POST /pets",
      "/pets/{petId}",
      "GET /pets/{petId}",
    ]);
  });
  it("hides what is below a collapsed resource", () => {
    expect(shown(["pets"], "")).toEqual(["/", "/orders", "/pets"]);
  });
  it("keeps what matches a filter with the way to it, also below collapsed resources", () => {
    expect(shown(["pets"], "get")).toEqual(["/", "/pets", "/pets/{petId}", "GET /pets/{petId}"]);
    expect(shown([], "order")).toEqual(["/", "/orders"]);
    expect(shown([], "nothing like it")).toEqual([]);
  });
});
