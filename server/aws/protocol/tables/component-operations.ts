import type { OperationRow } from "@/server/aws/protocol/operation";

/** Source: the service's API model, apigateway 2015-07-09. The notation is explained in `member-notation.ts`. */
export const COMPONENT_OPERATIONS: readonly OperationRow[] = [
  ["GetGatewayResponses", "GET /restapis/{restApiId}/gatewayresponses", 200, "?position, ?limit:int"],
  ["GetGatewayResponse", "GET /restapis/{restApiId}/gatewayresponses/{responseType}", 200, ""],
  [
    "PutGatewayResponse",
    "PUT /restapis/{restApiId}/gatewayresponses/{responseType}",
    201,
    "statusCode, responseParameters:{}, responseTemplates:{}",
  ],
  [
    "UpdateGatewayResponse",
    "PATCH /restapis/{restApiId}/gatewayresponses/{responseType}",
    200,
    "patchOperations:[PatchOperation]",
  ],
  ["DeleteGatewayResponse", "DELETE /restapis/{restApiId}/gatewayresponses/{responseType}", 202, ""],
  ["CreateModel", "POST /restapis/{restApiId}/models", 201, "name*, description, schema, contentType*"],
  ["GetModels", "GET /restapis/{restApiId}/models", 200, "?position, ?limit:int"],
  ["GetModel", "GET /restapis/{restApiId}/models/{modelName}", 200, "?flatten:bool"],
  ["UpdateModel", "PATCH /restapis/{restApiId}/models/{modelName}", 200, "patchOperations:[PatchOperation]"],
  ["DeleteModel", "DELETE /restapis/{restApiId}/models/{modelName}", 202, ""],
  ["GetModelTemplate", "GET /restapis/{restApiId}/models/{modelName}/default_template", 200, ""],
  [
    "CreateRequestValidator",
    "POST /restapis/{restApiId}/requestvalidators",
    201,
    "name, validateRequestBody:bool, validateRequestParameters:bool",
  ],
  ["GetRequestValidators", "GET /restapis/{restApiId}/requestvalidators", 200, "?position, ?limit:int"],
  ["GetRequestValidator", "GET /restapis/{restApiId}/requestvalidators/{requestValidatorId}", 200, ""],
  [
    "UpdateRequestValidator",
    "PATCH /restapis/{restApiId}/requestvalidators/{requestValidatorId}",
    200,
    "patchOperations:[PatchOperation]",
  ],
  ["DeleteRequestValidator", "DELETE /restapis/{restApiId}/requestvalidators/{requestValidatorId}", 202, ""],
];
