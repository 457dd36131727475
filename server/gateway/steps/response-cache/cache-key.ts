import { compileMapping, MappingError, type MappingSource } from "../../compile/compile-mapping";
import type { CompileScope } from "../../compile/compile-scope";
import type { Exchange } from "../../exchange";
import type { Integration } from "../../snapshot/integration";

export type CacheKeyInput = {
  readonly resourceId: string;
  readonly integration: Pick<Integration, "cacheNamespace" | "cacheKeyParameters" | "requestParameters">;
  readonly scope: Pick<CompileScope, "stageVariables">;
  /** The deployment that answers: another one's answers are others. */
  readonly deploymentId: string;
};

/**
 * The name of an exchange's entry in its stage's cache: deployment, cacheNamespace (default: the resource's id), verb,
 * and the values of `cacheKeyParameters`; nothing else separates entries (developer guide, method-level caching).
 * A parameter that is not there differs from an empty one, and several values from one.
 */
export function compileCacheKey(input: CacheKeyInput): (exchange: Exchange) => string {
  const { resourceId, integration, deploymentId } = input;
  const start = [deploymentId, integration.cacheNamespace ?? resourceId];
  const parts = [...new Set(integration.cacheKeyParameters)]
    .sort()
    .map((name) => ({ name, read: keyReader(name, input) }));
  return (exchange) => {
    const key: unknown[] = [...start, exchange.request.method];
    for (const { name, read } of parts) key.push(name, read(exchange) ?? null);
    return JSON.stringify(key);
  };
}

function keyReader(location: string, { integration, scope }: CacheKeyInput): MappingSource {
  const [side, , place = "", ...rest] = location.split(".");
  const name = rest.join(".");
  if (side === "integration") {
    const expression = integration.requestParameters[location];
    return expression === undefined ? () => undefined : mapped(expression, scope);
  }
  switch (place) {
    case "path":
      return ({ parameters }) => parameters.path[name];
    case "querystring":
      return ({ parameters }) => parameters.queryLists[name];
    case "header":
      return (exchange) => headerValues(exchange, name.toLowerCase());
    default:
      return () => undefined;
  }
}

/** What cannot be compiled is told where the integration's mappings are. */
function mapped(expression: string, { stageVariables }: Pick<CompileScope, "stageVariables">): MappingSource {
  try {
    return compileMapping(expression, "request", stageVariables);
  } catch (error) {
    if (!(error instanceof MappingError)) throw error;
    return () => undefined;
  }
}

/** Whatever casing the client used: or one client would get what is another's. */
function headerValues({ parameters }: Exchange, lower: string): readonly string[] | undefined {
  let found: readonly string[] | undefined;
  for (const [name, values] of Object.entries(parameters.headerLists)) {
    if (name.length === lower.length && name.toLowerCase() === lower) found = [...(found ?? []), ...values];
  }
  return found;
}
