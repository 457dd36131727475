import {
  type ApiSnapshot,
  apiSnapshotSchema,
  type Resource,
  SNAPSHOT_FORMAT_VERSION,
} from "@/server/gateway/snapshot/api-snapshot";

/** An API's definition: one immutable value in AWS's vocabulary. Deploying freezes it as it is. */
export type ApiDefinition = ApiSnapshot;
export const apiDefinitionSchema = apiSnapshotSchema;

/** A new API: the root resource and AWS's two built-in models are all it has. `rootId` is the root resource's id. */
export function emptyDefinition(input: {
  name: string;
  description?: string;
  rootId: string;
}): ApiDefinition {
  return apiDefinitionSchema.parse({
    formatVersion: SNAPSHOT_FORMAT_VERSION,
    name: input.name,
    description: input.description ?? "",
    resources: { [input.rootId]: { id: input.rootId, parentId: null, pathPart: "" } },
    models: {
      Empty: {
        name: "Empty",
        description: "This is a default empty schema model",
        schema:
          '{"$schema":"http://json-schema.org/draft-04/schema#","title":"Empty Schema","type":"object"}',
      },
      Error: {
        name: "Error",
        description: "This is a default error schema model",
        schema:
          '{"$schema":"http://json-schema.org/draft-04/schema#","title":"Error Schema","type":"object","properties":{"message":{"type":"string"}}}',
      },
    },
  });
}

/** The path of a resource from the root, e.g. `/pets/{petId}`; the root is `/`. Unknown ids give `null`. */
export function resourcePath(
  definition: Pick<ApiDefinition, "resources">,
  resourceId: string,
): string | null {
  const parts: string[] = [];
  let current: Resource | undefined = definition.resources[resourceId];
  if (!current) return null;
  for (let depth = 0; current && current.parentId !== null && depth < 1000; depth++) {
    parts.unshift(current.pathPart);
    current = definition.resources[current.parentId];
  }
  return `/${parts.join("/")}`;
}
