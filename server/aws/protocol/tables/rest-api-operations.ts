import type { OperationRow } from "@/server/aws/protocol/operation";

/** Source: the service's API model, apigateway 2015-07-09. The notation is explained in `member-notation.ts`. */
export const REST_API_OPERATIONS: readonly OperationRow[] = [
  [
    "CreateRestApi",
    "POST /restapis",
    201,
    "name*, description, version, cloneFrom, binaryMediaTypes:[], minimumCompressionSize:int, apiKeySource:ApiKeySourceType, endpointConfiguration:EndpointConfiguration, policy, tags:{}, disableExecuteApiEndpoint:bool, securityPolicy, endpointAccessMode:EndpointAccessMode",
  ],
  ["ImportRestApi", "POST /restapis?mode=import", 201, "?failonwarnings:bool, ?parameters:{}, body*:blob"],
  ["GetRestApis", "GET /restapis", 200, "?position, ?limit:int"],
  ["GetRestApi", "GET /restapis/{restApiId}", 200, ""],
  [
    "PutRestApi",
    "PUT /restapis/{restApiId}",
    200,
    "?mode:PutMode, ?failonwarnings:bool, ?parameters:{}, body*:blob",
  ],
  ["UpdateRestApi", "PATCH /restapis/{restApiId}", 200, "patchOperations:[PatchOperation]"],
  ["DeleteRestApi", "DELETE /restapis/{restApiId}", 202, ""],
];
