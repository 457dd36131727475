import type { OperationRow } from "@/server/aws/protocol/operation";

/** Source: the service's API model, apigateway 2015-07-09. The notation is explained in `member-notation.ts`. */
export const ACCOUNT_OPERATIONS: readonly OperationRow[] = [
  ["GetAccount", "GET /account", 200, ""],
  ["UpdateAccount", "PATCH /account", 200, "patchOperations:[PatchOperation]"],
  ["GetSdkTypes", "GET /sdktypes", 200, "?position, ?limit:int"],
  ["GetSdkType", "GET /sdktypes/{id}", 200, ""],
  ["GetTags", "GET /tags/{resourceArn}", 200, "?position, ?limit:int"],
  ["TagResource", "PUT /tags/{resourceArn}", 204, "tags*:{}"],
  ["UntagResource", "DELETE /tags/{resourceArn}", 204, "?tagKeys*:[]"],
];
