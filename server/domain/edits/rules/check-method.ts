import type { ApiDefinition } from "@/server/domain/definition";
import { EditError } from "@/server/domain/errors";
import { ownEntry } from "@/server/domain/own-entry";
import type { Method, MethodResponse } from "@/server/gateway/snapshot/method";
import { parameterLocationPattern } from "@/server/gateway/snapshot/parameter-location";
import { checkMediaTypes } from "./check-media-types";
import { mappingError, unreadableExpression } from "./mapping-expression";

const REQUEST_PARAMETER = parameterLocationPattern("method.request");
const RESPONSE_HEADER = /^method\.response\.header\.[\w.$-]+$/;

/**
 * AWS's rules for a method request (PutMethod, UpdateMethod), in its recorded words.
 *
 * @throws EditError
 */
export function checkMethodRequest(definition: ApiDefinition, method: Method, path: readonly string[]): void {
  checkAuthorizer(definition, method, path);
  if (method.requestValidatorId && !ownEntry(definition.requestValidators, method.requestValidatorId)) {
    throw new EditError("BAD_REQUEST", "Invalid Request Validator identifier specified", [
      ...path,
      "requestValidatorId",
    ]);
  }
  checkModels(definition, method.requestModels, [...path, "requestModels"]);
  const names = Object.keys(method.requestParameters);
  const unreadable = names.filter((name) => !REQUEST_PARAMETER.test(name));
  if (unreadable.length > 0) {
    throw mappingError(unreadable.map(unreadableExpression), [...path, "requestParameters"]);
  }
  const bare = names.map((name) => name.split(".").slice(3).join("."));
  if (new Set(bare).size < bare.length) {
    throw new EditError("BAD_REQUEST", "Parameter names must be unique across querystring, header and path", [
      ...path,
      "requestParameters",
    ]);
  }
}

function checkAuthorizer(definition: ApiDefinition, method: Method, path: readonly string[]): void {
  if (method.authorizationType !== "CUSTOM" && method.authorizationType !== "COGNITO_USER_POOLS") return;
  const authorizer = ownEntry(definition.authorizers, method.authorizerId ?? "");
  const fits =
    authorizer && (authorizer.type === "COGNITO_USER_POOLS") === (method.authorizationType !== "CUSTOM");
  if (fits) return;
  throw new EditError(
    "BAD_REQUEST",
    "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
    [...path, "authorizerId"],
  );
}

/** @throws EditError for an unknown model or a header that is not `method.response.header.NAME` */
export function checkMethodResponse(
  definition: ApiDefinition,
  response: MethodResponse,
  path: readonly string[],
): void {
  checkModels(definition, response.responseModels, [...path, "responseModels"]);
  const unreadable = Object.keys(response.responseParameters).filter((name) => !RESPONSE_HEADER.test(name));
  if (unreadable.length > 0) {
    throw mappingError(unreadable.map(unreadableExpression), [...path, "responseParameters"]);
  }
}

function checkModels(
  definition: ApiDefinition,
  models: Record<string, string>,
  path: readonly string[],
): void {
  checkMediaTypes(models, path);
  for (const [mediaType, name] of Object.entries(models)) {
    if (!ownEntry(definition.models, name)) {
      throw new EditError("BAD_REQUEST", `Invalid model identifier specified: ${name}`, [...path, mediaType]);
    }
  }
}
