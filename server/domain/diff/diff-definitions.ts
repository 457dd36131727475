import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import type { Method } from "@/server/gateway/snapshot/method";
import { diffApiSettings } from "./diff-api-settings";
import { diffComponents } from "./diff-components";
import { changedEntries, type DiffEntry, DiffScope } from "./diff-entry";
import { diffMethod } from "./diff-method";

export type { DiffEntry } from "./diff-entry";

/** Both sides of a comparison, for those who must look beyond the part they compare. */
export type DiffContext = { readonly before: ApiDefinition; readonly after: ApiDefinition };

/**
 * What changes for the API's clients and back ends from one definition to another: settings first, then methods by
 * path and verb, then models, validators, authorizers, gateway responses and documentation. Ids do not count, so a
 * re-imported definition is equal to its source. Equal definitions give an empty list.
 */
export function diffDefinitions(before: ApiDefinition, after: ApiDefinition): DiffEntry[] {
  const entries: DiffEntry[] = [];
  const root = new DiffScope(entries);
  const context = { before, after };
  diffApiSettings(context, root.in("API"));
  diffPaths(context, root);
  for (const { key, before: was, after: is } of changedEntries(methodsByName(before), methodsByName(after))) {
    const [path = "", verb = ""] = key.split(" ");
    const name = `${verb} ${path}`;
    const scope = root.in(key);
    if (!was) scope.add({ before: undefined, after: summaryOf(is) }, `Method ${name} is new`);
    else if (!is) scope.add({ before: summaryOf(was), after: undefined }, `Method ${name} is gone`, true);
    else diffMethod(context, scope, { name, before: was, after: is });
  }
  diffComponents(context, root);
  return entries;
}

function methodsByName(definition: ApiDefinition): Record<string, Method> {
  return Object.fromEntries(
    Object.values(definition.resources).flatMap((resource) =>
      Object.values(resource.resourceMethods).map((method) => [
        `${resourcePath(definition, resource.id)} ${method.httpMethod}`,
        withNames(definition, method),
      ]),
    ),
  );
}

/** Ids of validators and authorizers say nothing to a reader and differ between imports; their names do. */
function withNames(definition: ApiDefinition, method: Method): Method {
  const { requestValidatorId, authorizerId } = method;
  return {
    ...method,
    requestValidatorId:
      requestValidatorId && (definition.requestValidators[requestValidatorId]?.name ?? null),
    authorizerId: authorizerId && (definition.authorizers[authorizerId]?.name ?? null),
  };
}

function summaryOf(method: Method | undefined): string {
  const integration = method?.methodIntegration;
  if (!integration) return "no integration";
  return integration.uri ? `${integration.type} ${integration.uri}` : integration.type;
}

/** Resources without methods come and go unseen by clients, but a reader should know. */
function diffPaths({ before, after }: DiffContext, root: DiffScope): void {
  const paths = (definition: ApiDefinition) =>
    Object.fromEntries(
      Object.values(definition.resources)
        .filter((resource) => Object.keys(resource.resourceMethods).length === 0)
        .map((resource) => [resourcePath(definition, resource.id) ?? "", true]),
    );
  const all = (definition: ApiDefinition) =>
    new Set(Object.keys(definition.resources).map((id) => resourcePath(definition, id)));
  const wasThere = all(before);
  const isThere = all(after);
  for (const { key, before: was, after: is } of changedEntries(paths(before), paths(after))) {
    if (is && !wasThere.has(key)) root.in(key).add({ before: was, after: is }, `Resource ${key} is new`);
    if (was && !isThere.has(key)) root.in(key).add({ before: was, after: is }, `Resource ${key} is gone`);
  }
}
