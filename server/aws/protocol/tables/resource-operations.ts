import type { OperationRow } from "@/server/aws/protocol/operation";

/** Source: the service's API model, apigateway 2015-07-09. The notation is explained in `member-notation.ts`. */
export const RESOURCE_OPERATIONS: readonly OperationRow[] = [
  ["GetResources", "GET /restapis/{restApiId}/resources", 200, "?position, ?limit:int, ?embed:[]"],
  ["CreateResource", "POST /restapis/{restApiId}/resources/{parentId}", 201, "pathPart*"],
  ["GetResource", "GET /restapis/{restApiId}/resources/{resourceId}", 200, "?embed:[]"],
  [
    "UpdateResource",
    "PATCH /restapis/{restApiId}/resources/{resourceId}",
    200,
    "patchOperations:[PatchOperation]",
  ],
  ["DeleteResource", "DELETE /restapis/{restApiId}/resources/{resourceId}", 202, ""],
];
