import { expect, it } from "vitest";
import { apiDefinitionSchema, emptyDefinition } from "@/server/domain/definition";
import { methodRoutes, routeOfSettingKey } from "./method-routes";

const definition = apiDefinitionSchema.parse({
  ...emptyDefinition({ name: "pets", rootId: "root" }),
  resources: {
    root: { id: "root", parentId: null, pathPart: "", resourceMethods: { GET: { httpMethod: "GET" } } },
    pets: { id: "pets", parentId: "root", pathPart: "pets" },
    pet: {
      id: "pet",
      parentId: "pets",
      pathPart: "{petId}",
      resourceMethods: { GET: { httpMethod: "GET" }, DELETE: { httpMethod: "DELETE", apiKeyRequired: true } },
    },
  },
});

it("names a method as stage settings and usage plans do", () => {
  expect(methodRoutes(definition)).toEqual([
    {
      settingKey: "~1/GET",
      planKey: "//GET",
      path: "/",
      httpMethod: "GET",
      apiKeyRequired: false,
      authorizationType: "NONE",
      cacheKeyGaps: [],
    },
    {
      settingKey: "~1pets~1{petId}/DELETE",
      planKey: "/pets/{petId}/DELETE",
      path: "/pets/{petId}",
      httpMethod: "DELETE",
      apiKeyRequired: true,
      authorizationType: "NONE",
      cacheKeyGaps: ["petId"],
    },
    {
      settingKey: "~1pets~1{petId}/GET",
      planKey: "/pets/{petId}/GET",
      path: "/pets/{petId}",
      httpMethod: "GET",
      apiKeyRequired: false,
      authorizationType: "NONE",
      cacheKeyGaps: ["petId"],
    },
  ]);
});

it("reads a settings key back into path and method", () => {
  for (const route of methodRoutes(definition))
    expect(routeOfSettingKey(route.settingKey)).toEqual({ path: route.path, httpMethod: route.httpMethod });
});

it("tells which parameters of the path a cache key lacks, mapped ones counted as there", () => {
  const method = (cacheKeyParameters: string[], requestParameters = {}) => ({
    GET: { httpMethod: "GET", methodIntegration: { type: "MOCK", cacheKeyParameters, requestParameters } },
  });
  const mapped = "integration.request.path.x";
  const methods = {
    lacks: method([]),
    has: method(["method.request.path.has"]),
    maps: method([mapped], { [mapped]: "method.request.path.maps" }),
  };
  const resources = Object.entries(methods).map(([id, resourceMethods]) => [
    id,
    { id, parentId: "root", pathPart: `{${id}}`, resourceMethods },
  ]);
  const { root } = definition.resources;
  const keyed = apiDefinitionSchema.parse({
    ...definition,
    resources: { root, ...Object.fromEntries(resources) },
  });
  const gaps = methodRoutes(keyed).map((route) => [route.path, route.cacheKeyGaps]);
  expect(Object.fromEntries(gaps)).toEqual({ "/": [], "/{has}": [], "/{lacks}": ["lacks"], "/{maps}": [] });
});
