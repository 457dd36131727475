import { type ApiSnapshot, apiSnapshotSchema } from "@/server/gateway/snapshot/api-snapshot";

/**
 * A snapshot from methods named `GET /pets/{petId}`; each value is a Method without its verb, whose
 * `methodIntegration` may leave `integrationResponses` keyed by status without the status inside. Intermediate
 * resources are made up. `rest` holds further fields of the snapshot.
 */
export function buildApi(methods: Record<string, Record<string, unknown>>, rest: object = {}): ApiSnapshot {
  const resources: Record<string, Record<string, unknown> & { resourceMethods: Record<string, unknown> }> = {
    root: { id: "root", parentId: null, pathPart: "", resourceMethods: {} },
  };
  const idOf = (parts: readonly string[]): string => {
    if (parts.length === 0) return "root";
    const id = `r-${parts.join("-").replace(/[^\w-]/g, "")}`;
    const parentId = idOf(parts.slice(0, -1));
    resources[id] ??= { id, parentId, pathPart: parts.at(-1), resourceMethods: {} };
    return id;
  };
  for (const [name, method] of Object.entries(methods)) {
    const [httpMethod = "GET", path = "/"] = name.split(" ");
    const resource = resources[idOf(path.split("/").filter(Boolean))];
    if (resource) resource.resourceMethods[httpMethod] = { httpMethod, ...withStatuses(method) };
  }
  return apiSnapshotSchema.parse({ formatVersion: 1, name: "test", resources, ...rest });
}

function withStatuses(method: Record<string, unknown>): Record<string, unknown> {
  const integration = method.methodIntegration as Record<string, unknown> | null | undefined;
  const integrationResponses = statuses(integration?.integrationResponses);
  return {
    ...method,
    methodResponses: statuses(method.methodResponses ?? integrationResponses, true),
    methodIntegration: integration ? { ...integration, integrationResponses } : null,
  };
}

function statuses(responses: unknown, isBare = false): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries((responses ?? {}) as Record<string, object>).map(([status, response]) => [
      status,
      isBare ? { statusCode: status } : { statusCode: status, ...response },
    ]),
  );
}
