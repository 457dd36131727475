import type { OperationRow } from "@/server/aws/protocol/operation";

/** Source: the service's API model, apigateway 2015-07-09. The notation is explained in `member-notation.ts`. */
export const INTEGRATION_OPERATIONS: readonly OperationRow[] = [
  [
    "GetIntegration",
    "GET /restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration",
    200,
    "",
  ],
  [
    "PutIntegration",
    "PUT /restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration",
    201,
    "type*:IntegrationType, integrationHttpMethod=httpMethod, uri, connectionType:ConnectionType, connectionId, credentials, requestParameters:{}, requestTemplates:{}, passthroughBehavior, cacheNamespace, cacheKeyParameters:[], contentHandling:ContentHandlingStrategy, timeoutInMillis:int, tlsConfig:TlsConfig, responseTransferMode:ResponseTransferMode, integrationTarget",
  ],
  [
    "UpdateIntegration",
    "PATCH /restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration",
    200,
    "patchOperations:[PatchOperation]",
  ],
  [
    "DeleteIntegration",
    "DELETE /restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration",
    204,
    "",
  ],
  [
    "GetIntegrationResponse",
    "GET /restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration/responses/{statusCode}",
    200,
    "",
  ],
  [
    "PutIntegrationResponse",
    "PUT /restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration/responses/{statusCode}",
    201,
    "selectionPattern, responseParameters:{}, responseTemplates:{}, contentHandling:ContentHandlingStrategy",
  ],
  [
    "UpdateIntegrationResponse",
    "PATCH /restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration/responses/{statusCode}",
    200,
    "patchOperations:[PatchOperation]",
  ],
  [
    "DeleteIntegrationResponse",
    "DELETE /restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration/responses/{statusCode}",
    204,
    "",
  ],
];
