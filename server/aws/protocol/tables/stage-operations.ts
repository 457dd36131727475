import type { OperationRow } from "@/server/aws/protocol/operation";

/** Source: the service's API model, apigateway 2015-07-09. The notation is explained in `member-notation.ts`. */
export const STAGE_OPERATIONS: readonly OperationRow[] = [
  [
    "CreateDeployment",
    "POST /restapis/{restApiId}/deployments",
    201,
    "stageName, stageDescription, description, cacheClusterEnabled:bool, cacheClusterSize:CacheClusterSize, variables:{}, canarySettings:DeploymentCanarySettings, tracingEnabled:bool",
  ],
  ["GetDeployments", "GET /restapis/{restApiId}/deployments", 200, "?position, ?limit:int"],
  ["GetDeployment", "GET /restapis/{restApiId}/deployments/{deploymentId}", 200, "?embed:[]"],
  [
    "UpdateDeployment",
    "PATCH /restapis/{restApiId}/deployments/{deploymentId}",
    200,
    "patchOperations:[PatchOperation]",
  ],
  ["DeleteDeployment", "DELETE /restapis/{restApiId}/deployments/{deploymentId}", 202, ""],
  [
    "CreateStage",
    "POST /restapis/{restApiId}/stages",
    201,
    "stageName*, deploymentId*, description, cacheClusterEnabled:bool, cacheClusterSize:CacheClusterSize, variables:{}, documentationVersion, canarySettings:CanarySettings, tracingEnabled:bool, tags:{}",
  ],
  ["GetStages", "GET /restapis/{restApiId}/stages", 200, "?deploymentId"],
  ["GetStage", "GET /restapis/{restApiId}/stages/{stageName}", 200, ""],
  ["UpdateStage", "PATCH /restapis/{restApiId}/stages/{stageName}", 200, "patchOperations:[PatchOperation]"],
  ["DeleteStage", "DELETE /restapis/{restApiId}/stages/{stageName}", 202, ""],
  [
    "FlushStageAuthorizersCache",
    "DELETE /restapis/{restApiId}/stages/{stageName}/cache/authorizers",
    202,
    "",
  ],
  ["FlushStageCache", "DELETE /restapis/{restApiId}/stages/{stageName}/cache/data", 202, ""],
  [
    "GetExport",
    "GET /restapis/{restApiId}/stages/{stageName}/exports/{exportType}",
    200,
    "?parameters:{}, #Accept",
  ],
  ["GetSdk", "GET /restapis/{restApiId}/stages/{stageName}/sdks/{sdkType}", 200, "?parameters:{}"],
];
