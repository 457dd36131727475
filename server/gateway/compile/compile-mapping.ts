import { compileJsonPath } from "@/server/toolkit/jsonpath/compile-json-path";
import { answerHeaderValues } from "../context/answer-headers";
import { contextReader } from "../context/exchange-context";
import { answerJsonOf, mappedJsonText, requestJsonOf } from "../context/mapped-json";
import type { Exchange } from "../exchange";
import { parameterReader } from "./parameter-reader";

/** The value(s) of a mapping expression; undefined means: absent, map nothing. */
export type MappingSource = (exchange: Exchange) => string | readonly string[] | undefined;

export type MappingSide = "request" | "response";

/** An expression that cannot be compiled. */
export class MappingError extends Error {}

/**
 * Compiles the right-hand side of a parameter mapping: `'static'`, `stageVariables.x`, `context.x.y`,
 * `method.request.{path|querystring|header|multivaluequerystring|multivalueheader}.x`,
 * `method.request.body[.jsonpath]`, and on the response side `integration.response.{header|multivalueheader}.x`
 * and `integration.response.body[.jsonpath]` (developer guide, request and response data mappings).
 */
export function compileMapping(
  expression: string,
  side: MappingSide,
  stageVariables: Readonly<Record<string, string>>,
): MappingSource {
  const literal = /^'([\s\S]*)'$/.exec(expression);
  if (literal) {
    const text = literal[1] as string;
    return () => text;
  }
  if (expression.startsWith("stageVariables.")) {
    const name = expression.slice("stageVariables.".length);
    const text = Object.hasOwn(stageVariables, name) ? stageVariables[name] : undefined;
    return () => text;
  }
  if (expression.startsWith("context.")) return contextReader(expression.slice("context.".length));
  const source =
    side === "request"
      ? requestSource(expression)
      : (responseSource(expression) ?? requestSource(expression));
  if (!source) throw new MappingError(`Invalid mapping expression specified: ${expression}`);
  return source;
}

function requestSource(expression: string): MappingSource | null {
  const part = /^method\.request\.(\w+)(?:\.([\s\S]+)|(\[[\s\S]+))?$/.exec(expression);
  if (!part) return null;
  const [, place = "", name] = part;
  if (place === "body") return bodySource(expression.slice("method.request.body".length), requestJsonOf);
  if (name === undefined) return null;
  switch (place) {
    case "path":
    case "querystring":
    case "header":
      return parameterReader(expression);
    case "multivaluequerystring":
      return ({ parameters }) => parameters.queryLists[name];
    case "multivalueheader":
      return ({ parameters }) => parameters.headerLists[name];
    default:
      return null;
  }
}

function responseSource(expression: string): MappingSource | null {
  const part = /^integration\.response\.(\w+)(?:\.([\s\S]+)|(\[[\s\S]+))?$/.exec(expression);
  if (!part) return null;
  const [, place = "", name] = part;
  if (place === "body") return bodySource(expression.slice("integration.response.body".length), answerJsonOf);
  if (name === undefined) return null;
  if (place === "header") {
    return (exchange) => answerHeaderValues(exchange, name)?.at(-1);
  }
  if (place === "multivalueheader") return (exchange) => answerHeaderValues(exchange, name);
  return null;
}

type BodyJson = (exchange: Exchange) => { text: string; value: unknown };

function bodySource(path: string, read: BodyJson): MappingSource {
  if (path === "") return (exchange) => read(exchange).text;
  let compiled: ReturnType<typeof compileJsonPath>;
  try {
    compiled = compileJsonPath(`$${path}`);
  } catch (error) {
    throw new MappingError(`Invalid mapping expression specified: ${path} (${(error as Error).message})`);
  }
  return (exchange) => {
    const found = compiled.read(read(exchange).value);
    return found.found ? mappedJsonText(found.value) : undefined;
  };
}
