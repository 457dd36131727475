import type { OperationRow } from "@/server/aws/protocol/operation";

/** Source: the service's API model, apigateway 2015-07-09. The notation is explained in `member-notation.ts`. */
export const METHOD_OPERATIONS: readonly OperationRow[] = [
  [
    "TestInvokeMethod",
    "POST /restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}",
    200,
    "pathWithQueryString, body, headers:{}, multiValueHeaders:{[]}, clientCertificateId, stageVariables:{}",
  ],
  ["GetMethod", "GET /restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}", 200, ""],
  [
    "PutMethod",
    "PUT /restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}",
    201,
    "authorizationType*, authorizerId, apiKeyRequired:bool, operationName, requestParameters:{bool}, requestModels:{}, requestValidatorId, authorizationScopes:[]",
  ],
  [
    "UpdateMethod",
    "PATCH /restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}",
    200,
    "patchOperations:[PatchOperation]",
  ],
  ["DeleteMethod", "DELETE /restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}", 204, ""],
  [
    "GetMethodResponse",
    "GET /restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/responses/{statusCode}",
    200,
    "",
  ],
  [
    "PutMethodResponse",
    "PUT /restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/responses/{statusCode}",
    201,
    "responseParameters:{bool}, responseModels:{}",
  ],
  [
    "UpdateMethodResponse",
    "PATCH /restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/responses/{statusCode}",
    201,
    "patchOperations:[PatchOperation]",
  ],
  [
    "DeleteMethodResponse",
    "DELETE /restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/responses/{statusCode}",
    204,
    "",
  ],
];
