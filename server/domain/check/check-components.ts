import { checkAuthorizer } from "@/server/domain/edits/rules/check-authorizer";
import { checkGatewayResponse } from "@/server/domain/edits/rules/check-gateway-response";
import { modelSchemaFault } from "@/server/domain/edits/rules/check-model";
import { modelReferences } from "@/server/domain/model-references";
import { ownEntry } from "@/server/domain/own-entry";
import { attempt } from "./attempt";
import type { CheckContext } from "./check-definition";
import type { ProblemScope } from "./problem";

/** Models, authorizers, gateway responses and the policy. */
export function checkComponents({ definition }: CheckContext, root: ProblemScope): void {
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
    attempt(root.at("authorizers", authorizer.id), () => checkAuthorizer(definition, authorizer));
  }
  for (const response of Object.values(definition.gatewayResponses)) {
    attempt(root.at("gatewayResponses", response.responseType), () => checkGatewayResponse(response));
  }
  if (definition.policy !== null && !isJson(definition.policy)) {
    root
      .at("policy")
      .error("The resource policy is not JSON", { remedy: "Correct the policy's text or remove it" });
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
