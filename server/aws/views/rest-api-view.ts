import type { Tags } from "@/server/aws/stored-tags";
import type { ApiDefinition } from "@/server/domain/definition";
import type { ApiRow } from "@/server/services/api/find-api";
import { present } from "./present";

/** AWS's RestApi. Without `tags` the answer has none: creations and lists show them only when there are some. */
export function restApiView(
  api: Pick<ApiRow, "id" | "definition" | "createdAt">,
  more: { tags?: Tags; warnings?: string[]; extras?: Record<string, unknown> } = {},
) {
  const { definition } = api;
  const { types, ipAddressType, vpcEndpointIds } = definition.endpointConfiguration;
  return {
    id: api.id,
    name: definition.name,
    description: present(definition.description),
    createdDate: api.createdAt,
    version: present(definition.version),
    warnings: present(more.warnings),
    binaryMediaTypes: present(definition.binaryMediaTypes),
    minimumCompressionSize: definition.minimumCompressionSize ?? undefined,
    apiKeySource: definition.apiKeySource,
    endpointConfiguration: { types, ipAddressType, vpcEndpointIds: present(vpcEndpointIds) },
    policy: definition.policy === null ? undefined : escapedPolicy(definition.policy),
    tags: more.tags,
    disableExecuteApiEndpoint: definition.disableExecuteApiEndpoint,
    rootResourceId: rootResourceId(definition),
    ...more.extras,
  };
}

/** AWS gives a policy as the inside of a JSON string; Terraform's provider takes that escaping off. */
function escapedPolicy(policy: string): string {
  return JSON.stringify(policy).slice(1, -1);
}

export function rootResourceId({ resources }: Pick<ApiDefinition, "resources">): string | undefined {
  return Object.values(resources).find(({ parentId }) => parentId === null)?.id;
}
