// velocityjs from npm, which is no dependency of this project: from GATEHOUSE_VELOCITYJS (a folder whose node_modules
// has it) or from where Node finds it. The bindings are the least the templates need.
import { createRequire } from "node:module";
import path from "node:path";

const folder = process.env.GATEHOUSE_VELOCITYJS;
const require = createRequire(folder ? path.join(path.resolve(folder), "x.cjs") : import.meta.url);

export const available = (() => {
  try {
    require.resolve("velocityjs");
    return true;
  } catch {
    return false;
  }
})();

const SPECIAL = /["'\\/\n\r\t]/g;
const SPELLED = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

const util = {
  escapeJavaScript: (text) => text.replace(SPECIAL, (character) => SPELLED[character] ?? `\\${character}`),
  base64Encode: (text) => Buffer.from(text).toString("base64"),
};

/** `$`, `$.a.b[0]`: all the templates of the bench use. */
function follow(document, jsonPath) {
  let value = document;
  for (const [, name, index] of jsonPath.matchAll(/\.(\w+)|\[(\d+)\]/g))
    value = value?.[name ?? Number(index)];
  return value;
}

function inputOf({ body, path: pathParameters, query, headers }) {
  let document;
  const parsed = () => {
    document ??= JSON.parse(body);
    return document;
  };
  return {
    body,
    json: (jsonPath) => JSON.stringify(follow(parsed(), jsonPath)) ?? '""',
    path: (jsonPath) => follow(parsed(), jsonPath) ?? "",
    params: (name) =>
      name === undefined
        ? { path: pathParameters, querystring: query, header: headers }
        : (pathParameters[name] ?? query[name] ?? headers[name] ?? ""),
  };
}

export function prepare({ template, input, context, stageVariables }) {
  const { Compile, parse } = require("velocityjs");
  const tree = parse(template);
  return () => new Compile(tree).render({ input: inputOf(input), util, context, stageVariables });
}
