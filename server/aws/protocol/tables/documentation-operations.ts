import type { OperationRow } from "@/server/aws/protocol/operation";

/** Source: the service's API model, apigateway 2015-07-09. The notation is explained in `member-notation.ts`. */
export const DOCUMENTATION_OPERATIONS: readonly OperationRow[] = [
  [
    "CreateDocumentationPart",
    "POST /restapis/{restApiId}/documentation/parts",
    201,
    "location*:DocumentationPartLocation, properties*",
  ],
  [
    "GetDocumentationParts",
    "GET /restapis/{restApiId}/documentation/parts",
    200,
    "?type:DocumentationPartType, ?name, ?path, ?position, ?limit:int, ?locationStatus:LocationStatusType",
  ],
  [
    "ImportDocumentationParts",
    "PUT /restapis/{restApiId}/documentation/parts",
    200,
    "?mode:PutMode, ?failonwarnings:bool, body*:blob",
  ],
  ["GetDocumentationPart", "GET /restapis/{restApiId}/documentation/parts/{documentationPartId}", 200, ""],
  [
    "UpdateDocumentationPart",
    "PATCH /restapis/{restApiId}/documentation/parts/{documentationPartId}",
    200,
    "patchOperations:[PatchOperation]",
  ],
  [
    "DeleteDocumentationPart",
    "DELETE /restapis/{restApiId}/documentation/parts/{documentationPartId}",
    202,
    "",
  ],
  [
    "CreateDocumentationVersion",
    "POST /restapis/{restApiId}/documentation/versions",
    201,
    "documentationVersion*, stageName, description",
  ],
  [
    "GetDocumentationVersions",
    "GET /restapis/{restApiId}/documentation/versions",
    200,
    "?position, ?limit:int",
  ],
  [
    "GetDocumentationVersion",
    "GET /restapis/{restApiId}/documentation/versions/{documentationVersion}",
    200,
    "",
  ],
  [
    "UpdateDocumentationVersion",
    "PATCH /restapis/{restApiId}/documentation/versions/{documentationVersion}",
    200,
    "patchOperations:[PatchOperation]",
  ],
  [
    "DeleteDocumentationVersion",
    "DELETE /restapis/{restApiId}/documentation/versions/{documentationVersion}",
    202,
    "",
  ],
];
