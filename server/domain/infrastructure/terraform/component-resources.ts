import { fullLocation } from "@/server/domain/documentation/part-location";
import type { Deployable, DeployableParts } from "@/server/domain/infrastructure/deployable";
import { modelNameOf, modelUrl } from "@/server/domain/model/model-references";
import { hclText } from "./hcl-text";
import { API, address, apiId, list, terraformName } from "./terraform-names";
import { HclBlock, HclExpression, type HclResource } from "./write-hcl";

/** Models, validators, authorizers, gateway responses and documentation parts. */
export function componentResources({ definition }: Deployable, parts: DeployableParts): HclResource[] {
  const resources = modelResources(parts);
  for (const { name, validator } of parts.validators.values()) {
    resources.push({
      type: "aws_api_gateway_request_validator",
      name,
      body: {
        rest_api_id: apiId,
        name: validator.name,
        validate_request_body: validator.validateRequestBody,
        validate_request_parameters: validator.validateRequestParameters,
      },
    });
  }
  for (const { name, authorizer } of parts.authorizers.values()) {
    resources.push({
      type: "aws_api_gateway_authorizer",
      name,
      body: {
        rest_api_id: apiId,
        name: authorizer.name,
        type: authorizer.type,
        authorizer_uri: authorizer.authorizerUri,
        authorizer_credentials: authorizer.authorizerCredentials,
        provider_arns: authorizer.providerARNs,
        identity_source: authorizer.identitySource,
        identity_validation_expression: authorizer.identityValidationExpression,
        authorizer_result_ttl_in_seconds: authorizer.authorizerResultTtlInSeconds,
      },
    });
  }
  for (const response of Object.values(definition.gatewayResponses)) {
    resources.push({
      type: "aws_api_gateway_gateway_response",
      name: terraformName([response.responseType]),
      body: {
        rest_api_id: apiId,
        response_type: response.responseType,
        status_code: response.statusCode,
        response_parameters: response.responseParameters,
        response_templates: response.responseTemplates,
      },
    });
  }
  for (const [index, part] of definition.documentationParts.entries()) {
    const { type, path, method, statusCode, name } = fullLocation(part.location);
    resources.push({
      type: "aws_api_gateway_documentation_part",
      name: `part_${index + 1}`,
      body: {
        rest_api_id: apiId,
        location: new HclBlock({ type, path, method, status_code: statusCode, name }),
        properties: part.properties,
      },
    });
  }
  return resources;
}

function modelResources({ models }: DeployableParts): HclResource[] {
  return [...models.values()]
    .filter(({ isBuiltIn }) => !isBuiltIn)
    .map(({ name, model, modelName, after }) => ({
      type: "aws_api_gateway_model",
      name,
      body: {
        rest_api_id: apiId,
        name: modelName,
        description: model.description,
        content_type: model.contentType,
        schema: schemaExpression(model.schema, (other) => models.get(other)?.modelName ?? other),
        depends_on: list(
          after.flatMap((other) => {
            const known = models.get(other);
            return known && other !== model.name ? [address("model", known.name)] : [];
          }),
        ),
      },
    }));
}

/** Stands for the API's id while the schema is escaped; no text of a schema has it. */
const MARK = "\ue000api\ue000";

/** References between models hold the API's id, which is known only once the API is made. */
function schemaExpression(schema: string, nameOf: (model: string) => string): HclExpression {
  const marked = schema
    .replaceAll(MARK, "")
    .replace(/"(https?:\/\/apigateway\.[^"\\]*)"/g, (whole, url: string) => {
      const name = modelNameOf(url);
      return name === null ? whole : JSON.stringify(modelUrl(MARK, nameOf(name)));
    });
  return new HclExpression(hclText(marked).replaceAll(MARK, () => `\${${API}.id}`));
}
