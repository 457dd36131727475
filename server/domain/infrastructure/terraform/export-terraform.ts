import {
  type Deployable,
  type DeployableParts,
  deployableParts,
} from "@/server/domain/infrastructure/deployable";
import { notPortable } from "@/server/domain/infrastructure/not-portable";
import { cacheSizeOf, type MethodSetting } from "@/server/gateway/snapshot/stage-config";
import { componentResources } from "./component-resources";
import { methodResources } from "./method-resources";
import { API, address, apiId, attribute, list, terraformName } from "./terraform-names";
import { HclBlock, type HclExpression, type HclResource, writeResource } from "./write-hcl";

/**
 * An API with a deployment and a stage as Terraform: one `aws_api_gateway_*` resource for each part. The deployment
 * waits for all that it freezes, and the definition's hash triggers another one.
 */
export function exportTerraform(deployable: Deployable): string {
  const parts = deployableParts(deployable.definition, terraformName);
  const content = [
    ...componentResources(deployable, parts),
    ...parts.resources.map(
      ({ name, resource }): HclResource => ({
        type: "aws_api_gateway_resource",
        name,
        body: {
          rest_api_id: apiId,
          parent_id: parentOf(parts, resource.parentId),
          path_part: resource.pathPart,
        },
      }),
    ),
    ...parts.methods.flatMap((method) => methodResources(parts, method)),
  ];
  const resources = [restApi(deployable), ...content, ...deployment(deployable, content)];
  const notes = notPortable(parts, "terraform").map((note) => `# ${note}\n`);
  return [notes.join(""), PROVIDER, ...resources.map(writeResource)].filter(Boolean).join("\n");
}

const PROVIDER = `terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}
`;

function parentOf({ resources }: DeployableParts, parentId: string | null): HclExpression {
  const parent = resources.find(({ resource }) => resource.id === parentId);
  return parent ? attribute(address("resource", parent.name), "id") : attribute(API, "root_resource_id");
}

function restApi({ definition }: Deployable): HclResource {
  const { types, vpcEndpointIds, ipAddressType } = definition.endpointConfiguration;
  return {
    type: "aws_api_gateway_rest_api",
    name: "api",
    body: {
      name: definition.name,
      description: definition.description,
      api_key_source: definition.apiKeySource,
      binary_media_types: definition.binaryMediaTypes,
      minimum_compression_size:
        definition.minimumCompressionSize === null ? null : String(definition.minimumCompressionSize),
      disable_execute_api_endpoint: definition.disableExecuteApiEndpoint || undefined,
      policy: definition.policy,
      endpoint_configuration: new HclBlock({
        types,
        vpc_endpoint_ids: vpcEndpointIds,
        ip_address_type: ipAddressType === "dualstack" ? ipAddressType : undefined,
      }),
    },
  };
}

const FROZEN = /^aws_api_gateway_(method|method_response|integration|integration_response|gateway_response)$/;

function deployment({ hash, stage }: Deployable, content: readonly HclResource[]): HclResource[] {
  const frozen = content.filter(({ type }) => FROZEN.test(type)).map(({ type, name }) => `${type}.${name}`);
  const deploymentId = attribute(address("deployment", "deployment"), "id");
  const stageName = attribute(address("stage", "stage"), "stage_name");
  return [
    {
      type: "aws_api_gateway_deployment",
      name: "deployment",
      body: {
        rest_api_id: apiId,
        description: `Definition ${hash}`,
        triggers: { redeployment: hash },
        depends_on: list(frozen),
        lifecycle: new HclBlock({ create_before_destroy: true }),
      },
    },
    {
      type: "aws_api_gateway_stage",
      name: "stage",
      body: {
        rest_api_id: apiId,
        deployment_id: deploymentId,
        stage_name: stage.stageName,
        variables: stage.variables,
        cache_cluster_enabled: stage.cacheClusterEnabled || undefined,
        cache_cluster_size: cacheSizeOf(stage) ?? undefined,
        xray_tracing_enabled: stage.tracingEnabled || undefined,
      },
    },
    ...Object.entries(stage.methodSettings ?? {}).map(([key, setting], index) => ({
      type: "aws_api_gateway_method_settings",
      name: `settings_${index + 1}`,
      body: {
        rest_api_id: apiId,
        stage_name: stageName,
        method_path: key.replaceAll("~1", "/").replace(/^\//, ""),
        settings: settings(setting),
      },
    })),
  ];
}

function settings(setting: MethodSetting): HclBlock {
  return new HclBlock({
    metrics_enabled: setting.metricsEnabled,
    logging_level: setting.loggingLevel,
    data_trace_enabled: setting.dataTraceEnabled,
    throttling_burst_limit: setting.throttlingBurstLimit,
    throttling_rate_limit: setting.throttlingRateLimit,
    caching_enabled: setting.cachingEnabled,
    cache_ttl_in_seconds: setting.cacheTtlInSeconds,
    cache_data_encrypted: setting.cacheDataEncrypted,
    require_authorization_for_cache_control: setting.requireAuthorizationForCacheControl,
    unauthorized_cache_control_header_strategy: setting.unauthorizedCacheControlHeaderStrategy,
  });
}
