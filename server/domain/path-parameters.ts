import { type ApiDefinition, resourcePath } from "./definition";

/** The variables of a resource's path, outermost first: `/a/{b}/{c+}` has `b` and `c`. */
export function pathParameterNames(
  definition: Pick<ApiDefinition, "resources">,
  resourceId: string,
): string[] {
  const path = resourcePath(definition, resourceId) ?? "";
  return [...path.matchAll(/\{([^{}]+?)\+?\}/g)].map((match) => match[1] as string);
}
