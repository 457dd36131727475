import { badRequest } from "@/server/aws/protocol/aws-error";
import type { ApiDefinition } from "@/server/domain/definition";

/** What AWS refuses to deploy before anything else is looked at. */
export function requireDeployable({ resources }: Pick<ApiDefinition, "resources">): void {
  const methods = Object.values(resources).flatMap((resource) => Object.values(resource.resourceMethods));
  if (methods.length === 0) throw badRequest("The REST API doesn't contain any methods");
  if (methods.some((method) => !method.methodIntegration)) {
    throw badRequest("No integration defined for method");
  }
}
