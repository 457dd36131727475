import { describe, expect, it } from "vitest";
import type { DocumentationPart } from "@/server/gateway/snapshot/api-snapshot";
import { fullLocation, locationFault, locationKey, locationLabel, type PartLocation } from "./part-location";
import { DocumentationLookup } from "./resolve-documentation";

const part = (location: Partial<PartLocation> & { type: string }, properties: string): DocumentationPart => ({
  id: "p",
  location: { path: null, method: null, statusCode: null, name: null, ...location },
  properties,
});
const said = (text: string) => JSON.stringify({ description: text });

describe("a documentation part's location", () => {
  it("has AWS's defaults for what it does not say, and means the same with them", () => {
    expect(fullLocation({ type: "RESPONSE", method: "GET" })).toEqual({
      type: "RESPONSE",
      path: "/",
      method: "GET",
      statusCode: "*",
      name: null,
    });
    expect(locationKey({ type: "METHOD" })).toBe(locationKey({ type: "METHOD", path: "/", method: "*" }));
    expect(locationKey({ type: "API" })).not.toBe(locationKey({ type: "METHOD" }));
  });

  it("reads as a sentence", () => {
    expect(locationLabel(fullLocation({ type: "API" }))).toBe("API");
    expect(locationLabel(fullLocation({ type: "RESPONSE", path: "/pets", method: "GET" }))).toBe(
      "RESPONSE of GET /pets *",
    );
  });

  it.each<[Partial<PartLocation> & { type: string }, string | null]>([
    [{ type: "API" }, null],
    [{ type: "API", path: "/" }, "'path' is not a valid field for type API"],
    [{ type: "MODEL", name: "Pet" }, null],
    [{ type: "METHOD", statusCode: "200" }, "'statusCode' is not a valid field"],
    [{ type: "REQUEST_HEADER" }, "'name' is required"],
    [{ type: "RESPONSE_HEADER", name: "X", statusCode: "2xx" }, "three digits"],
    [{ type: "RESOURCE", path: "pets" }, "begins with /"],
    [{ type: "NOTHING" }, "Invalid documentation part type"],
    [{ type: "constructor" }, "Invalid documentation part type"],
  ])("%j is refused for %s", (location, fault) => {
    const found = locationFault({ path: null, method: null, statusCode: null, name: null, ...location });
    if (fault === null) expect(found).toBeNull();
    else expect(found).toContain(fault);
  });
});

describe("what parts say of an entity", () => {
  const lookup = new DocumentationLookup([
    part({ type: "METHOD" }, said("any method")),
    part({ type: "METHOD", path: "/pets", method: "GET" }, said("reads pets")),
    part({ type: "RESOURCE", path: "/" }, said("the root")),
    part({ type: "RESPONSE", path: "/pets" }, said("below pets")),
    part({ type: "RESPONSE", statusCode: "404" }, said("not found")),
    part({ type: "RESPONSE", statusCode: "404", method: "GET" }, said("not found by GET")),
    part({ type: "MODEL", name: "Pet" }, "no json"),
    part({ type: "QUERY_PARAMETER", name: "page" }, said("a page")),
  ]);
  const of = (location: Partial<PartLocation> & { type: string }) => lookup.of(location).description;

  it("is their own part's, else the most specific one's above", () => {
    expect(of({ type: "METHOD", path: "/pets", method: "GET" })).toBe("reads pets");
    expect(of({ type: "METHOD", path: "/pets/{id}", method: "GET" })).toBe("reads pets");
    expect(of({ type: "METHOD", path: "/pets", method: "PUT" })).toBe("any method");
    expect(of({ type: "QUERY_PARAMETER", path: "/a/b", method: "GET", name: "page" })).toBe("a page");
  });

  it("follows the path before the status, and the status before the method", () => {
    expect(of({ type: "RESPONSE", path: "/pets/1", method: "GET", statusCode: "404" })).toBe("below pets");
    expect(of({ type: "RESPONSE", path: "/a", method: "GET", statusCode: "404" })).toBe("not found by GET");
    expect(of({ type: "RESPONSE", path: "/a", method: "PUT", statusCode: "404" })).toBe("not found");
    expect(of({ type: "RESPONSE", path: "/a", method: "PUT", statusCode: "200" })).toBeUndefined();
  });

  it("does not reach beyond whole parts of a path, nor to entities that do not inherit", () => {
    expect(of({ type: "METHOD", path: "/petshop", method: "GET" })).toBe("any method");
    expect(of({ type: "RESOURCE", path: "/pets" })).toBeUndefined();
    expect(of({ type: "MODEL", name: "Pet" })).toBeUndefined();
    expect(of({ type: "QUERY_PARAMETER", path: "/a", method: "GET", name: "limit" })).toBeUndefined();
  });
});
