import { fullLocation } from "@/server/domain/documentation/part-location";
import {
  type Deployable,
  type DeployableParts,
  deployableParts,
  type NamedModel,
} from "@/server/domain/infrastructure/deployable";
import { notPortable } from "@/server/domain/infrastructure/not-portable";
import { modelNameOf, modelUrl } from "@/server/domain/model/model-references";
import { getAtt, ref } from "./intrinsic";
import { API, LOGICAL, logicalName, STAGE, said } from "./logical-ids";
import { methodProperties } from "./method-properties";
import { stageProperties } from "./stage-properties";
import { writeTemplate } from "./write-template";

type CfnResource = { Type: string; DependsOn?: string[]; Properties: Record<string, unknown> };
type CfnResources = Record<string, CfnResource>;

/** What CloudFormation takes at most in one template. */
const MAX_RESOURCES = 500;

/**
 * An API with a deployment and a stage as a CloudFormation template: one `AWS::ApiGateway::*` resource for each part,
 * connected by `!Ref` and `!GetAtt`. Its deployment's name holds the definition's hash: a changed API is deployed anew.
 */
export function exportCloudFormation(deployable: Deployable): string {
  const { definition, stage } = deployable;
  const parts = deployableParts(definition, logicalName);
  const resources: CfnResources = {
    [API]: make("RestApi", restApi(deployable)),
    ...models(parts),
    ...components(deployable, parts),
  };
  for (const { name, resource } of parts.resources) {
    resources[LOGICAL.resource(name)] = make("Resource", {
      RestApiId: ref(API),
      ParentId: parentOf(parts, resource.parentId),
      PathPart: resource.pathPart,
    });
  }
  for (const one of parts.methods)
    resources[LOGICAL.method(one.name)] = make("Method", methodProperties(parts, one));
  const deployment = `Deployment${deployable.hash.slice(0, 12)}`;
  const made = Object.keys(resources).filter((id) => /^(Method|GatewayResponse)/.test(id));
  resources[deployment] = {
    Type: "AWS::ApiGateway::Deployment",
    ...(made.length > 0 ? { DependsOn: made } : {}),
    Properties: { RestApiId: ref(API), Description: `Definition ${deployable.hash}` },
  };
  resources[STAGE] = make("Stage", stageProperties(stage, deployment));
  const notes = notPortable(parts, "cloudformation");
  if (Object.keys(resources).length > MAX_RESOURCES)
    notes.push(`CloudFormation takes ${MAX_RESOURCES} resources in a template: this one has to be split.`);
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: definition.name.slice(0, 1024),
    Resources: resources,
    Outputs: { RestApiId: { Value: ref(API) }, RootResourceId: { Value: getAtt(API, "RootResourceId") } },
  };
  return writeTemplate(template, notes);
}

const make = (type: string, properties: Record<string, unknown>): CfnResource => ({
  Type: `AWS::ApiGateway::${type}`,
  Properties: properties,
});

function parentOf({ resources }: DeployableParts, parentId: string | null) {
  const parent = resources.find(({ resource }) => resource.id === parentId);
  return parent ? ref(LOGICAL.resource(parent.name)) : getAtt(API, "RootResourceId");
}

function restApi({ definition }: Deployable): Record<string, unknown> {
  const { types, vpcEndpointIds, ipAddressType } = definition.endpointConfiguration;
  return said({
    Name: definition.name,
    Description: definition.description,
    ApiKeySourceType: definition.apiKeySource,
    BinaryMediaTypes: definition.binaryMediaTypes,
    MinimumCompressionSize: definition.minimumCompressionSize,
    DisableExecuteApiEndpoint: definition.disableExecuteApiEndpoint || undefined,
    EndpointConfiguration: said({
      Types: types,
      VpcEndpointIds: vpcEndpointIds,
      IpAddressType: ipAddressType === "dualstack" ? ipAddressType : undefined,
    }),
    Policy: definition.policy === null ? null : jsonOf(definition.policy),
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function models(parts: DeployableParts): CfnResources {
  const made: CfnResources = {};
  for (const { name, model, modelName, after, isBuiltIn } of parts.models.values()) {
    if (isBuiltIn) continue;
    const before = after.flatMap((other) => {
      const known = parts.models.get(other);
      return known && other !== model.name ? LOGICAL.model(known.name) : [];
    });
    made[LOGICAL.model(name)] = {
      Type: "AWS::ApiGateway::Model",
      ...(before.length > 0 ? { DependsOn: before } : {}),
      Properties: said({
        RestApiId: ref(API),
        Name: modelName,
        ContentType: model.contentType,
        Description: model.description,
        Schema: withModelUrls(jsonOf(model.schema) ?? {}, parts.models),
      }),
    };
  }
  return made;
}

/** References between models hold the API's id, which is known only once the API is made. */
function withModelUrls(value: unknown, known: ReadonlyMap<string, NamedModel>): unknown {
  if (Array.isArray(value)) return value.map((item) => withModelUrls(item, known));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const name = key === "$ref" && typeof member === "string" ? modelNameOf(member) : null;
      if (name === null) return [key, withModelUrls(member, known)];
      const [before, after] = modelUrl("|", known.get(name)?.modelName ?? name).split("|");
      return [key, { "Fn::Join": ["", [before, ref(API), after]] }];
    }),
  );
}

function components({ definition }: Deployable, parts: DeployableParts): CfnResources {
  const made: CfnResources = {};
  for (const { name, validator } of parts.validators.values()) {
    made[LOGICAL.validator(name)] = make("RequestValidator", {
      RestApiId: ref(API),
      Name: validator.name,
      ValidateRequestBody: validator.validateRequestBody,
      ValidateRequestParameters: validator.validateRequestParameters,
    });
  }
  for (const { name, authorizer } of parts.authorizers.values()) {
    made[LOGICAL.authorizer(name)] = make(
      "Authorizer",
      said({
        RestApiId: ref(API),
        Name: authorizer.name,
        Type: authorizer.type,
        AuthType: authorizer.authType,
        AuthorizerUri: authorizer.authorizerUri,
        AuthorizerCredentials: authorizer.authorizerCredentials,
        ProviderARNs: authorizer.providerARNs,
        IdentitySource: authorizer.identitySource,
        IdentityValidationExpression: authorizer.identityValidationExpression,
        AuthorizerResultTtlInSeconds: authorizer.authorizerResultTtlInSeconds,
      }),
    );
  }
  for (const response of Object.values(definition.gatewayResponses)) {
    const id = `GatewayResponse${logicalName(response.responseType.toLowerCase().split("_"))}`;
    made[id] = make(
      "GatewayResponse",
      said({
        RestApiId: ref(API),
        ResponseType: response.responseType,
        StatusCode: response.statusCode,
        ResponseParameters: response.responseParameters,
        ResponseTemplates: response.responseTemplates,
      }),
    );
  }
  for (const [index, part] of definition.documentationParts.entries()) {
    const { type, path, method, statusCode, name } = fullLocation(part.location);
    made[`Documentation${index + 1}`] = make("DocumentationPart", {
      RestApiId: ref(API),
      Location: said({ Type: type, Path: path, Method: method, StatusCode: statusCode, Name: name }),
      Properties: part.properties,
    });
  }
  return made;
}
