import { type ApiDefinition, resourcePath } from "./definition";
import { modelReferences } from "./model/model-references";

export type Component =
  | { readonly kind: "model"; readonly name: string }
  | { readonly kind: "requestValidator" | "authorizer"; readonly id: string };

/**
 * Where a model, a request validator or an authorizer is used, in AWS's words: `method request: /pets/POST`.
 * A use by another model reads `model: Pets`; a model's references to itself do not count.
 */
export function whereUsed(definition: ApiDefinition, component: Component): string[] {
  const uses: string[] = [];
  for (const resource of Object.values(definition.resources)) {
    for (const method of Object.values(resource.resourceMethods)) {
      const at = `${resourcePath(definition, resource.id)}/${method.httpMethod}`;
      if (component.kind === "model") {
        if (Object.values(method.requestModels).includes(component.name)) uses.push(`method request: ${at}`);
        for (const response of Object.values(method.methodResponses)) {
          if (!Object.values(response.responseModels).includes(component.name)) continue;
          uses.push(`method response: ${at}/${response.statusCode}`);
        }
      } else if (component.kind === "authorizer" && method.authorizerId === component.id) {
        uses.push(`method request: ${at}`);
      } else if (component.kind === "requestValidator" && method.requestValidatorId === component.id) {
        uses.push(`method request: ${at}`);
      }
    }
  }
  if (component.kind !== "model") return uses;
  for (const model of Object.values(definition.models)) {
    if (model.name === component.name || !modelReferences(model.schema).includes(component.name)) continue;
    uses.push(`model: ${model.name}`);
  }
  return uses;
}
