import type { OperationRow } from "@/server/aws/protocol/operation";

/** Source: the service's API model, apigateway 2015-07-09. The notation is explained in `member-notation.ts`. */
export const AUTHORIZER_OPERATIONS: readonly OperationRow[] = [
  [
    "CreateAuthorizer",
    "POST /restapis/{restApiId}/authorizers",
    201,
    "name*, type*:AuthorizerType, providerARNs:[], authType, authorizerUri, authorizerCredentials, identitySource, identityValidationExpression, authorizerResultTtlInSeconds:int",
  ],
  ["GetAuthorizers", "GET /restapis/{restApiId}/authorizers", 200, "?position, ?limit:int"],
  [
    "TestInvokeAuthorizer",
    "POST /restapis/{restApiId}/authorizers/{authorizerId}",
    200,
    "headers:{}, multiValueHeaders:{[]}, pathWithQueryString, body, stageVariables:{}, additionalContext:{}",
  ],
  ["GetAuthorizer", "GET /restapis/{restApiId}/authorizers/{authorizerId}", 200, ""],
  [
    "UpdateAuthorizer",
    "PATCH /restapis/{restApiId}/authorizers/{authorizerId}",
    200,
    "patchOperations:[PatchOperation]",
  ],
  ["DeleteAuthorizer", "DELETE /restapis/{restApiId}/authorizers/{authorizerId}", 202, ""],
];
