import { checkMethodRequest, checkMethodResponse } from "@/server/domain/edits/rules/check-method";
import { ownEntry } from "@/server/domain/own-entry";
import { pathParameterNames } from "@/server/domain/path-parameters";
import type { Method } from "@/server/gateway/snapshot/method";
import { attempt } from "./attempt";
import type { CheckContext } from "./check-definition";
import { checkIntegrationRequest } from "./check-integration-request";
import { checkIntegrationResponses } from "./check-integration-responses";
import type { ProblemScope } from "./problem";

export type CheckedMethod = { readonly resourceId: string; readonly method: Method };

/** A method's request, its integration and its responses. */
export function checkMethod(context: CheckContext, scope: ProblemScope, checked: CheckedMethod): void {
  const { method } = checked;
  checkRequest(context, scope.in({ part: "method-request" }), checked);
  for (const response of Object.values(method.methodResponses)) {
    const at = scope.at("methodResponses", response.statusCode).in({ part: "method-response" });
    attempt(at, () => checkMethodResponse(context.definition, response, at.path.map(String)));
  }
  const integration = method.methodIntegration;
  if (!integration) {
    scope.in({ part: "integration" }).at("methodIntegration").error("No integration defined for method", {
      remedy: "Choose what answers this method, for example a MOCK or an HTTP address",
    });
    return;
  }
  const at = scope.at("methodIntegration");
  checkIntegrationRequest(context, at, { ...checked, integration });
  if (!integration.type.endsWith("_PROXY")) checkIntegrationResponses(context, at, { method, integration });
}

function checkRequest(
  { definition }: CheckContext,
  scope: ProblemScope,
  { resourceId, method }: CheckedMethod,
): void {
  attempt(scope, () => checkMethodRequest(definition, method, scope.path.map(String)));
  const inPath = pathParameterNames(definition, resourceId);
  for (const parameter of Object.keys(method.requestParameters)) {
    const name = /^method\.request\.path\.(.+)$/.exec(parameter)?.[1];
    if (name === undefined || inPath.includes(name)) continue;
    scope
      .at("requestParameters", parameter)
      .warning(`The path has no variable {${name}}, so ${parameter} is always missing`, {
        remedy: `Remove ${parameter} or rename the variable`,
      });
  }
  const validator = ownEntry(definition.requestValidators, method.requestValidatorId ?? "");
  if (validator?.validateRequestBody && Object.keys(method.requestModels).length === 0) {
    scope
      .at("requestModels")
      .warning(`Validator ${validator.name} checks the body, but no model describes it`, {
        remedy: "Add a request model or choose a validator that does not check the body",
      });
  }
}
