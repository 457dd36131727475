import { contextReader } from "../context/exchange-context";
import type { Exchange } from "../exchange";
import type { ContextText } from "../runtime-api";
import { parameterReader } from "./parameter-reader";

const REFERENCE =
  /\$(?:(context|stageVariables)\.([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)|\{(context|stageVariables)\.([\w.-]+)\}|(method\.request\.(?:header|path|querystring)\.[\w-]+))/g;

/**
 * Gateway-response templates and access-log formats: no VTL, only `$context.x`, `$stageVariables.x` and
 * `$method.request.{header|path|querystring}.x` are replaced (developer guide, gateway responses). The result
 * takes the exchange and the text for missing values ("" in responses, "-" in logs).
 */
export function compileContextText(
  source: string,
  stageVariables: Readonly<Record<string, string>>,
): ContextText {
  const parts: (string | ((exchange: Exchange) => string | undefined))[] = [];
  let at = 0;
  for (const match of source.matchAll(REFERENCE)) {
    if (match.index > at) parts.push(source.slice(at, match.index));
    at = match.index + match[0].length;
    const root = match[1] ?? match[3];
    const name = match[2] ?? match[4] ?? "";
    if (root === "stageVariables")
      parts.push(() => (Object.hasOwn(stageVariables, name) ? stageVariables[name] : undefined));
    else if (root === "context") parts.push(contextReader(name));
    else parts.push(parameterReader(match[5] as string));
  }
  if (at < source.length) parts.push(source.slice(at));

  return (exchange, missing) => {
    let text = "";
    for (const part of parts) text += typeof part === "string" ? part : (part(exchange) ?? missing);
    return text;
  };
}
