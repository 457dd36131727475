import type { OperationRow } from "@/server/aws/protocol/operation";

/** Source: the service's API model, apigateway 2015-07-09. The notation is explained in `member-notation.ts`. */
export const USAGE_PLAN_OPERATIONS: readonly OperationRow[] = [
  [
    "CreateApiKey",
    "POST /apikeys",
    201,
    "name, description, enabled:bool, generateDistinctId:bool, value, stageKeys:[StageKey], customerId, tags:{}",
  ],
  [
    "ImportApiKeys",
    "POST /apikeys?mode=import",
    201,
    "body*:blob, ?format*:ApiKeysFormat, ?failonwarnings:bool",
  ],
  ["GetApiKeys", "GET /apikeys", 200, "?position, ?limit:int, ?name, ?customerId, ?includeValues:bool"],
  ["GetApiKey", "GET /apikeys/{apiKey}", 200, "?includeValue:bool"],
  ["UpdateApiKey", "PATCH /apikeys/{apiKey}", 200, "patchOperations:[PatchOperation]"],
  ["DeleteApiKey", "DELETE /apikeys/{apiKey}", 202, ""],
  [
    "CreateUsagePlan",
    "POST /usageplans",
    201,
    "name*, description, apiStages:[ApiStage], throttle:ThrottleSettings, quota:QuotaSettings, tags:{}",
  ],
  ["GetUsagePlans", "GET /usageplans", 200, "?position, ?keyId, ?limit:int"],
  ["GetUsagePlan", "GET /usageplans/{usagePlanId}", 200, ""],
  ["UpdateUsagePlan", "PATCH /usageplans/{usagePlanId}", 200, "patchOperations:[PatchOperation]"],
  ["DeleteUsagePlan", "DELETE /usageplans/{usagePlanId}", 202, ""],
  ["CreateUsagePlanKey", "POST /usageplans/{usagePlanId}/keys", 201, "keyId*, keyType*"],
  ["GetUsagePlanKeys", "GET /usageplans/{usagePlanId}/keys", 200, "?position, ?limit:int, ?name"],
  ["GetUsagePlanKey", "GET /usageplans/{usagePlanId}/keys/{keyId}", 200, ""],
  ["DeleteUsagePlanKey", "DELETE /usageplans/{usagePlanId}/keys/{keyId}", 202, ""],
  [
    "UpdateUsage",
    "PATCH /usageplans/{usagePlanId}/keys/{keyId}/usage",
    200,
    "patchOperations:[PatchOperation]",
  ],
  [
    "GetUsage",
    "GET /usageplans/{usagePlanId}/usage",
    200,
    "?keyId, ?startDate*, ?endDate*, ?position, ?limit:int",
  ],
];
