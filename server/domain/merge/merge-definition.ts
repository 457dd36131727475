import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import { locationKey } from "@/server/domain/documentation/part-location";
import { checkPathPart } from "@/server/domain/edits/rules/check-path-part";
import type { Resource } from "@/server/gateway/snapshot/api-snapshot";

/**
 * The imported definition as the API's new content (AWS's PutRestApi `mode=overwrite`): everything that is not in
 * it goes. Resources, validators and authorizers that were there under the same path or name keep their ids, and
 * the endpoint configuration is never touched by an import.
 */
export function overwriteDefinition(current: ApiDefinition, imported: ApiDefinition): ApiDefinition {
  return { ...withIdsOf(current, imported), endpointConfiguration: current.endpointConfiguration };
}

/**
 * Both definitions in one (AWS's PutRestApi `mode=merge`): an imported method, model, validator, authorizer or
 * gateway response replaces the one of the same path and verb, name or type as a whole; binary media types are
 * united; name and version come from the import; everything it does not mention stays.
 *
 * @throws EditError when both have different variables at the same place of the tree
 */
export function mergeDefinitions(current: ApiDefinition, imported: ApiDefinition): ApiDefinition {
  const incoming = withIdsOf(current, imported);
  const resources: Record<string, Resource> = { ...current.resources };
  for (const resource of parentsFirst(incoming)) {
    const known = resources[resource.id];
    if (known) {
      resources[resource.id] = {
        ...known,
        resourceMethods: { ...known.resourceMethods, ...resource.resourceMethods },
      };
      continue;
    }
    const { id: resourceId, pathPart, parentId } = resource;
    checkPathPart({ ...current, resources }, { resourceId, pathPart, parentId: parentId ?? "" });
    resources[resourceId] = resource;
  }
  const mediaTypes = new Set([...current.binaryMediaTypes, ...incoming.binaryMediaTypes]);
  const parts = new Map(
    [...current.documentationParts, ...incoming.documentationParts].map((part) => [
      locationKey(part.location),
      part,
    ]),
  );
  return {
    ...current,
    name: incoming.name,
    version: incoming.version || current.version,
    description: incoming.description || current.description,
    apiKeySource: incoming.apiKeySource === "HEADER" ? current.apiKeySource : incoming.apiKeySource,
    binaryMediaTypes: [...mediaTypes],
    minimumCompressionSize: incoming.minimumCompressionSize ?? current.minimumCompressionSize,
    disableExecuteApiEndpoint: current.disableExecuteApiEndpoint || incoming.disableExecuteApiEndpoint,
    policy: incoming.policy ?? current.policy,
    resources,
    models: { ...current.models, ...incoming.models },
    requestValidators: { ...current.requestValidators, ...incoming.requestValidators },
    authorizers: { ...current.authorizers, ...incoming.authorizers },
    gatewayResponses: { ...current.gatewayResponses, ...incoming.gatewayResponses },
    documentationParts: [...parts.values()],
  };
}

/** The imported definition with the ids that `current` has for the same paths and names. */
function withIdsOf(current: ApiDefinition, imported: ApiDefinition): ApiDefinition {
  const resourceIds = mapIds(
    new Map(Object.keys(current.resources).map((id) => [resourcePath(current, id), id])),
    Object.keys(imported.resources).map((id) => [id, resourcePath(imported, id)]),
    new Set(Object.keys(current.resources)),
  );
  const byName = (entities: ApiDefinition["requestValidators"] | ApiDefinition["authorizers"]) =>
    Object.values(entities).map((entity): [string, string] => [entity.id, entity.name]);
  const idsFor = (field: "requestValidators" | "authorizers") =>
    mapIds(
      new Map(byName(current[field]).map(([id, name]) => [name, id])),
      byName(imported[field]),
      new Set(Object.keys(current[field])),
    );
  const validatorIds = idsFor("requestValidators");
  const authorizerIds = idsFor("authorizers");
  const rename = <T extends { id: string }>(entities: Record<string, T>, ids: Map<string, string>) =>
    Object.fromEntries(
      Object.values(entities).map((entity) => {
        const id = ids.get(entity.id) ?? entity.id;
        return [id, { ...entity, id }];
      }),
    );
  const resources: Record<string, Resource> = {};
  for (const resource of Object.values(imported.resources)) {
    const id = resourceIds.get(resource.id) ?? resource.id;
    const methods = Object.values(resource.resourceMethods).map((method) => [
      method.httpMethod,
      {
        ...method,
        requestValidatorId:
          method.requestValidatorId && (validatorIds.get(method.requestValidatorId) ?? null),
        authorizerId: method.authorizerId && (authorizerIds.get(method.authorizerId) ?? null),
      },
    ]);
    resources[id] = {
      ...resource,
      id,
      parentId: resource.parentId && (resourceIds.get(resource.parentId) ?? resource.parentId),
      resourceMethods: Object.fromEntries(methods),
    };
  }
  const partIds = new Map(current.documentationParts.map((part) => [locationKey(part.location), part.id]));
  return {
    ...imported,
    documentationParts: imported.documentationParts.map((part) => ({
      ...part,
      id: partIds.get(locationKey(part.location)) ?? part.id,
    })),
    resources,
    requestValidators: rename(imported.requestValidators, validatorIds),
    authorizers: rename(imported.authorizers, authorizerIds),
  };
}

/** Imported id → the id it gets. An id that `current` uses for something else gets a letter more. */
function mapIds(
  known: Map<string | null, string>,
  incoming: [id: string, label: string | null][],
  taken: ReadonlySet<string>,
): Map<string, string> {
  const used = new Set(taken);
  return new Map(
    incoming.map(([id, label]) => {
      const existing = known.get(label);
      if (existing !== undefined) return [id, existing];
      let free = id;
      while (used.has(free)) free += "x";
      used.add(free);
      return [id, free];
    }),
  );
}

function parentsFirst(definition: ApiDefinition): Resource[] {
  const depth = (resource: Resource) => (resourcePath(definition, resource.id) ?? "").split("/").length;
  return Object.values(definition.resources)
    .map((resource) => ({ resource, depth: resource.parentId === null ? 0 : depth(resource) }))
    .sort((a, b) => a.depth - b.depth)
    .map(({ resource }) => resource);
}
