import type { Method, MethodResponse } from "@/server/gateway/snapshot/method";
import type { DiffContext } from "./diff-definitions";
import { changedEntries, type DiffScope, isSame } from "./diff-entry";
import { diffIntegration } from "./diff-integration";

/** A method on both sides; validators and authorizers stand there by name. */
export type MethodPair = { readonly name: string; readonly before: Method; readonly after: Method };

export function diffMethod(context: DiffContext, scope: DiffScope, pair: MethodPair): void {
  const request = scope.in("method request");
  diffAccess(request, pair);
  diffValidation(context, request, pair);
  diffParameters(context, request, pair);
  for (const { key, before, after } of changedEntries(pair.before.requestModels, pair.after.requestModels)) {
    const what = `The ${key} request body of ${pair.name}`;
    const summary =
      after === undefined ? `${what} is no longer described` : `${what} is now described by model ${after}`;
    request.in(`model ${key}`).add({ before, after }, summary);
  }
  for (const field of ["operationName", "description"] as const) {
    const { before, after } = { before: pair.before[field], after: pair.after[field] };
    if (before === after) continue;
    const label = field === "operationName" ? "operation name" : "description";
    request.in(label).add({ before, after }, `The ${label} of ${pair.name} changed`);
  }
  diffIntegration(scope, pair);
  const responses = changedEntries(pair.before.methodResponses, pair.after.methodResponses);
  for (const { key, before, after } of responses) {
    diffMethodResponse(scope.in(`method response ${key}`), { name: pair.name, before, after });
  }
}

function diffAccess(scope: DiffScope, { name, before, after }: MethodPair): void {
  if (before.apiKeyRequired !== after.apiKeyRequired) {
    scope
      .in("API key")
      .add(
        { before: before.apiKeyRequired, after: after.apiKeyRequired },
        `${name} ${after.apiKeyRequired ? "now requires" : "no longer requires"} an API key`,
        after.apiKeyRequired,
      );
  }
  const access = (method: Method) => [
    method.authorizationType,
    method.authorizerId,
    method.authorizationScopes,
  ];
  if (isSame(access(before), access(after))) return;
  const by = after.authorizerId ? ` by authorizer ${after.authorizerId}` : "";
  const scopes =
    after.authorizationScopes.length > 0 ? ` with scope ${after.authorizationScopes.join(" or ")}` : "";
  const isOpen = after.authorizationType === "NONE";
  scope
    .in("authorization")
    .add(
      { before: access(before), after: access(after) },
      isOpen
        ? `${name} no longer requires authorization`
        : `${name} now requires ${after.authorizationType} authorization${by}${scopes}`,
      !isOpen,
    );
}

function validatorOf({ after, before }: DiffContext, side: "before" | "after", method: Method) {
  const definition = side === "after" ? after : before;
  return Object.values(definition.requestValidators).find(({ name }) => name === method.requestValidatorId);
}

function diffValidation(context: DiffContext, scope: DiffScope, { name, before, after }: MethodPair): void {
  if (before.requestValidatorId === after.requestValidatorId) return;
  const was = validatorOf(context, "before", before);
  const is = validatorOf(context, "after", after);
  const gains = (flag: "validateRequestBody" | "validateRequestParameters") =>
    Boolean(is?.[flag] && !was?.[flag]);
  scope
    .in("validator")
    .add(
      { before: before.requestValidatorId, after: after.requestValidatorId },
      after.requestValidatorId
        ? `${name} is now checked by validator ${after.requestValidatorId}`
        : `${name} is no longer checked by a validator`,
      gains("validateRequestBody") || gains("validateRequestParameters"),
    );
}

const PLACES: Readonly<Record<string, string>> = { path: "path", querystring: "query", header: "header" };

function diffParameters(context: DiffContext, scope: DiffScope, { name, before, after }: MethodPair): void {
  const isChecked = validatorOf(context, "after", after)?.validateRequestParameters === true;
  for (const { key, before: was, after: is } of changedEntries(
    before.requestParameters,
    after.requestParameters,
  )) {
    const [, , place = "", ...rest] = key.split(".");
    const what = `${PLACES[place] ?? place} parameter ${rest.join(".")}`;
    const summary =
      is === undefined
        ? `${name} no longer reads ${what}`
        : is
          ? `${name} now requires ${what}`
          : was === undefined
            ? `${name} now takes ${what}`
            : `${name} no longer requires ${what}`;
    scope.in(what).add({ before: was, after: is }, summary, is === true && isChecked && place !== "path");
  }
}

type ResponsePair = { name: string; before: MethodResponse | undefined; after: MethodResponse | undefined };

function diffMethodResponse(scope: DiffScope, { name, before, after }: ResponsePair): void {
  const status = (before ?? after)?.statusCode;
  if (!before || !after) {
    const change = {
      before: before && Object.keys(before.responseModels),
      after: after && Object.keys(after.responseModels),
    };
    scope.add(change, `${name} ${after ? "can now answer" : "no longer answers"} ${status}`, !after);
    return;
  }
  for (const { key, before: was, after: is } of changedEntries(
    before.responseParameters,
    after.responseParameters,
  )) {
    const header = key.replace("method.response.header.", "");
    if (was !== undefined && is !== undefined) continue;
    const summary = `${name} ${is === undefined ? "no longer sends" : "can now send"} header ${header} with ${status}`;
    scope.in(`header ${header}`).add({ before: was, after: is }, summary, is === undefined);
  }
  for (const { key, before: was, after: is } of changedEntries(before.responseModels, after.responseModels)) {
    const body = `The ${key} body of ${status} from ${name}`;
    const summary =
      is === undefined ? `${body} is no longer described` : `${body} is now described by model ${is}`;
    scope.in(`model ${key}`).add({ before: was, after: is }, summary);
  }
}
