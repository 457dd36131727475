import { EditError } from "@/server/domain/errors";

/** What an expression of a parameter mapping reads. `name` is a parameter, a variable or a path without `$.`. */
export type MappingExpression =
  | { readonly source: "static"; readonly value: string }
  | { readonly source: "path" | "querystring" | "header"; readonly name: string; readonly all: boolean }
  | { readonly source: "body"; readonly name: string | null }
  | { readonly source: "context" | "stageVariables"; readonly name: string };

const NAME = "[a-zA-Z0-9._$-]+";
const REQUEST = new RegExp(`^method\\.request\\.(multivalue)?(path|querystring|header)\\.(${NAME})$`);
const RESPONSE = new RegExp(`^integration\\.response\\.(multivalue)?(header)\\.(${NAME})$`);
const BODY = {
  request: /^method\.request\.body(?:\.(.+)|(\[.+))?$/s,
  response: /^integration\.response\.body(?:\.(.+)|(\[.+))?$/s,
};
const REST = /^(context|stageVariables)\.([\w.$-]+)$/;
const STATIC = /^'(.*)'$/s;

/**
 * Reads a mapping expression: `request` ones read the client's request (`method.request.…`), `response` ones the
 * back end's answer (`integration.response.…`). Null where it is neither (developer guide, "data mapping reference").
 */
export function parseMappingExpression(text: string, side: "request" | "response"): MappingExpression | null {
  const literal = STATIC.exec(text);
  if (literal) return { source: "static", value: literal[1] as string };
  const parameter = (side === "request" ? REQUEST : RESPONSE).exec(text);
  if (parameter) {
    const source = parameter[2] as "path" | "querystring" | "header";
    if (parameter[1] && source === "path") return null;
    return { source, name: parameter[3] as string, all: Boolean(parameter[1]) };
  }
  const body = BODY[side].exec(text);
  if (body) return { source: "body", name: body[1] ?? body[2] ?? null };
  const rest = REST.exec(text);
  return rest ? { source: rest[1] as "context" | "stageVariables", name: rest[2] as string } : null;
}

/** AWS's error for expressions it cannot read, or whose parameter is not declared. */
export function mappingError(errors: readonly string[], path: readonly (string | number)[]): EditError {
  return new EditError(
    "BAD_REQUEST",
    `Invalid mapping expression specified: Validation Result: warnings : [], errors : [${errors.join(", ")}]`,
    path,
  );
}

export const unreadableExpression = (text: string) => `Invalid mapping expression specified: ${text}`;
export const undeclaredParameter = (text: string) =>
  `Invalid mapping expression parameter specified: ${text}`;
