import { mergeDefinition } from "./api/merge-definition";
import { replaceDefinition } from "./api/replace-definition";
import { updateApi } from "./api/update-api";
import { deleteAuthorizer } from "./component/delete-authorizer";
import { deleteGatewayResponse } from "./component/delete-gateway-response";
import { deleteModel } from "./component/delete-model";
import { deleteRequestValidator } from "./component/delete-request-validator";
import { putAuthorizer } from "./component/put-authorizer";
import { putGatewayResponse } from "./component/put-gateway-response";
import { putModel } from "./component/put-model";
import { putRequestValidator } from "./component/put-request-validator";
import { deleteDocumentationPart } from "./documentation/delete-documentation-part";
import { importDocumentationParts } from "./documentation/import-documentation-parts";
import { putDocumentationPart } from "./documentation/put-documentation-part";
import { deleteIntegration } from "./integration/delete-integration";
import { deleteIntegrationResponse } from "./integration/delete-integration-response";
import { putIntegration } from "./integration/put-integration";
import { putIntegrationResponse } from "./integration/put-integration-response";
import { updateIntegration } from "./integration/update-integration";
import { createMethod } from "./method/create-method";
import { deleteMethod } from "./method/delete-method";
import { deleteMethodResponse } from "./method/delete-method-response";
import { enableCors } from "./method/enable-cors";
import { putMethodResponse } from "./method/put-method-response";
import { updateMethod } from "./method/update-method";
import { createResource } from "./resource/create-resource";
import { deleteResource } from "./resource/delete-resource";
import { moveResource } from "./resource/move-resource";
import { renameResource } from "./resource/rename-resource";

/** Every edit there is. Services, undo, audit, history and the palette read this list and nothing else. */
export const edits = [
  createResource,
  renameResource,
  moveResource,
  deleteResource,
  createMethod,
  updateMethod,
  deleteMethod,
  putIntegration,
  updateIntegration,
  deleteIntegration,
  putIntegrationResponse,
  deleteIntegrationResponse,
  putMethodResponse,
  deleteMethodResponse,
  enableCors,
  putModel,
  deleteModel,
  putRequestValidator,
  deleteRequestValidator,
  putAuthorizer,
  deleteAuthorizer,
  putGatewayResponse,
  deleteGatewayResponse,
  putDocumentationPart,
  deleteDocumentationPart,
  importDocumentationParts,
  updateApi,
  replaceDefinition,
  mergeDefinition,
] as const;

export type EditName = (typeof edits)[number]["name"];
/** What a caller passes to the edit of that name (before defaults). */
export type EditInput<Name extends EditName> = Extract<
  (typeof edits)[number],
  { name: Name }
>["input"]["_zod"]["input"];
/** An edit by name with its input, typed. */
export type TypedEditCall = { [Name in EditName]: { name: Name; input: EditInput<Name> } }[EditName];
