import { describe, expect, it } from "vitest";
import { emptyDefinition } from "@/server/domain/definition";
import { applyEdits } from "@/server/domain/edits/apply-edits";
import { locateRequest } from "./locate-request";

const resource = (id: string, parentId: string, pathPart: string) => [
  { name: "create-resource", input: { id, parentId, pathPart } },
  { name: "create-method", input: { resourceId: id, httpMethod: "GET" } },
];
const { definition } = applyEdits(emptyDefinition({ name: "Pets", rootId: "root" }), [
  ...resource("pets", "root", "pets"),
  ...resource("pet", "pets", "{petId}"),
  ...resource("top", "pets", "top"),
]);

describe("the resource of a test request", () => {
  it.each([
    ["an address", { pathWithQueryString: "/pets/7?full=true" }, "pet"],
    ["an address that a fixed part fits better", { pathWithQueryString: "/pets/top" }, "top"],
    ["a path with a value", { path: "/pets/7" }, "pet"],
    ["a resource's own path", { path: "/pets/{petId}", pathWithQueryString: "/pets/top" }, "pet"],
    ["an id", { resourceId: "pets", pathWithQueryString: "/pets/7" }, "pets"],
    ["an address that fits none", { pathWithQueryString: "/dogs" }, undefined],
    ["nothing", {}, undefined],
  ])("is found by %s", (_, request, resourceId) => {
    expect(locateRequest(definition, { httpMethod: "GET", ...request }).resourceId).toBe(resourceId);
  });

  it("keeps the values that the path gives", () => {
    const request = locateRequest(definition, { httpMethod: "GET", path: "/pets/7?a=1" });
    expect(request.pathWithQueryString).toBe("/pets/7?a=1");
  });
});
