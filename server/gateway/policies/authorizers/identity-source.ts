import { compileMapping } from "../../compile/compile-mapping";
import { headerOf } from "../../context/request-headers";
import type { Exchange } from "../../exchange";
import { headerTextFromWire } from "../../headers/header-text";

/** A value that identifies a caller; null if it is absent or empty. */
export type IdentitySource = (exchange: Exchange) => string | null;

const DEFAULT_SOURCE = "method.request.header.Authorization";

/** The one header that carries a token; header names in any case. */
export function tokenSource(identitySource: string | null): IdentitySource {
  const expression = identitySource?.trim() || DEFAULT_SOURCE;
  const name = /^method\.request\.header\.([\w.$-]+)$/.exec(expression)?.[1];
  if (name === undefined) throw new Error(`${expression} is no header of the request`);
  return headerSource(name);
}

/**
 * A REQUEST authorizer's identity sources, separated by commas: `method.request.header.x`,
 * `method.request.querystring.x`, `stageVariables.x`, `context.x`. Throws an Error for anything else.
 */
export function identitySources(
  identitySource: string | null,
  stageVariables: Readonly<Record<string, string>>,
): IdentitySource[] {
  return (identitySource ?? "")
    .split(",")
    .map((text) => text.trim())
    .filter((text) => text !== "")
    .map((expression) => {
      const header = /^method\.request\.header\.([\w.$-]+)$/.exec(expression)?.[1];
      if (header !== undefined) return headerSource(header);
      if (!/^(method\.request\.querystring|stageVariables|context)\./.test(expression))
        throw new Error(`${expression} is no identity source`);
      const source = compileMapping(expression, "request", stageVariables);
      return (exchange) => {
        const value = source(exchange);
        const text = typeof value === "string" ? value : value?.join(",");
        return text ? text : null;
      };
    });
}

function headerSource(name: string): IdentitySource {
  const lower = name.toLowerCase();
  return ({ request }) => {
    const value = headerOf(request.headers, lower)?.trim();
    return value ? headerTextFromWire(value) : null;
  };
}
