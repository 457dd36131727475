"use client";
import { useMemo } from "react";
import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import { HTTP_METHODS, type HttpMethod, type Method } from "@/server/gateway/snapshot/method";
import { useSearchState } from "../../shell/use-search-state";

export const BOXES = [
  "client",
  "method-request",
  "integration-request",
  "integration",
  "integration-response",
  "method-response",
] as const;
export type Box = (typeof BOXES)[number];

export type MethodKey = { resourceId: string; httpMethod: HttpMethod };

export type Selection = {
  resourceId: string;
  path: string;
  key: MethodKey | null;
  method: Method | null;
  box: Box;
  select: (next: { resourceId: string; httpMethod?: HttpMethod | null; box?: Box }) => void;
  setBox: (box: Box) => void;
};

/** The methods of the API in the order of the tree. */
export function methodsOf(definition: ApiDefinition): (MethodKey & { path: string })[] {
  return Object.values(definition.resources)
    .map((resource) => ({ resource, path: resourcePath(definition, resource.id) ?? "/" }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap(({ resource, path }) =>
      HTTP_METHODS.filter((verb) => resource.resourceMethods[verb]).map((httpMethod) => ({
        resourceId: resource.id,
        httpMethod,
        path,
      })),
    );
}

/** What is selected, in the URL: `?resource=…&method=GET&box=integration`. Without one, the first method. */
export function useSelection(definition: ApiDefinition): Selection {
  const search = useSearchState();
  const wantedResource = search.get("resource");
  const wantedMethod = search.get("method");
  const wantedBox = search.get("box") ?? search.get("part");
  const found = useMemo(() => {
    const resource = wantedResource ? definition.resources[wantedResource] : undefined;
    if (resource) {
      const verb = HTTP_METHODS.find((one) => one === wantedMethod && resource.resourceMethods[one]);
      return { resourceId: resource.id, httpMethod: verb ?? null };
    }
    const first = methodsOf(definition)[0];
    const root = Object.values(definition.resources).find((one) => one.parentId === null);
    return first ?? { resourceId: root?.id ?? "", httpMethod: null };
  }, [definition, wantedResource, wantedMethod]);
  const { resourceId, httpMethod } = found;
  const key = httpMethod ? { resourceId, httpMethod } : null;
  return {
    resourceId,
    path: resourcePath(definition, resourceId) ?? "/",
    key,
    method: (httpMethod && definition.resources[resourceId]?.resourceMethods[httpMethod]) || null,
    box: BOXES.find((box) => box === wantedBox) ?? "integration-request",
    select: (next) =>
      search.set({
        resource: next.resourceId,
        method: next.httpMethod ?? null,
        ...(next.box ? { box: next.box } : {}),
      }),
    setBox: (box) => search.set({ resource: resourceId, method: httpMethod, box }),
  };
}
