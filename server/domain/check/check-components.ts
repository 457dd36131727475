import { checkAuthorizer } from "@/server/domain/edits/rules/check-authorizer";
import { checkGatewayResponse } from "@/server/domain/edits/rules/check-gateway-response";
import { modelSchemaFault } from "@/server/domain/edits/rules/check-model";
import { modelReferences } from "@/server/domain/model/model-references";
import { ownEntry } from "@/server/domain/own-entry";
import { authorizerFaults } from "@/server/gateway/policies/authorizers/authorizer-faults";
import { compilePolicy, PolicyError } from "@/server/gateway/policies/iam/policy";
import { attempt } from "./attempt";
import type { CheckContext } from "./check-definition";
import type { ProblemScope } from "./problem";
import { warnOfUnknownVariables } from "./unknown-variables";

/** Models, authorizers, gateway responses and the policy. */
export function checkComponents(context: CheckContext, root: ProblemScope): void {
  const { definition } = context;
  for (const model of Object.values(definition.models)) {
    const scope = root.at("models", model.name, "schema");
    const fault = modelSchemaFault(model);
    // An imported model may describe nothing: it accepts everything, as its author wrote it.
    if (fault?.startsWith("Invalid")) scope.error(fault);
    for (const name of modelReferences(model.schema)) {
      if (ownEntry(definition.models, name)) continue;
      scope.error(`Model ${model.name} refers to model ${name}, which there is not`, {
        remedy: `Add model ${name} or change the reference`,
      });
    }
  }
  for (const authorizer of Object.values(definition.authorizers)) {
    const scope = root.at("authorizers", authorizer.id);
    attempt(scope, () => checkAuthorizer(definition, authorizer));
    for (const field of ["authorizerUri", "authorizerCredentials", "identitySource"] as const) {
      warnOfUnknownVariables(context, scope.at(field), authorizer[field]);
    }
    for (const [field, message] of authorizerFaults(authorizer)) {
      scope.at(field).warning(message, { remedy: "Until then methods that ask this authorizer answer 500" });
    }
  }
  for (const response of Object.values(definition.gatewayResponses)) {
    const scope = root.at("gatewayResponses", response.responseType);
    attempt(scope, () => checkGatewayResponse(response));
    for (const field of ["responseParameters", "responseTemplates"] as const) {
      for (const [name, text] of Object.entries(response[field])) {
        warnOfUnknownVariables(context, scope.at(field, name), text);
      }
    }
  }
  if (definition.policy !== null) {
    const fault = resourcePolicyFault(definition.policy);
    if (fault !== null) root.at("policy").error(fault, { remedy: "Correct the policy's text or remove it" });
  }
}

/** Why the gateway would refuse every call because of the API's policy; null if it can be read. */
export function resourcePolicyFault(text: string): string | null {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return "The resource policy is not JSON";
  }
  try {
    compilePolicy(document, { hasPrincipals: true, arnPrefix: "" });
    return null;
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    return `The resource policy cannot be read: ${error.message}`;
  }
}
