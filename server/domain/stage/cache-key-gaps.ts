import type { ApiDefinition } from "@/server/domain/definition";
import { pathParameterNames } from "@/server/domain/path-parameters";
import type { Method } from "@/server/gateway/snapshot/method";

/** Parameters of a method's path that its cache key lacks: all their values get one answer. */
export function cacheKeyGaps(definition: ApiDefinition, resourceId: string, method: Method): string[] {
  const key = method.methodIntegration?.cacheKeyParameters ?? [];
  return pathParameterNames(definition, resourceId).filter(
    (name) => !key.some((part) => coversPath(part, name, method)),
  );
}

function coversPath(part: string, name: string, { methodIntegration }: Method): boolean {
  const source = `method.request.path.${name}`;
  return part === source || methodIntegration?.requestParameters[part] === source;
}
