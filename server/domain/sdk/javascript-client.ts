import { type ApiDefinition, resourcePath } from "@/server/domain/definition";

type Operation = { method: string; path: string; query: string[]; headers: string[] };

const VERBS = ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/**
 * A JavaScript client of an API as files by path: `apigClientFactory.newClient({apiKey})` and a function for each method,
 * called as in AWS's SDK (`petsPetIdGet(params, body, additionalParams)`, which promises `{status, data, headers}`). It
 * needs `fetch` and nothing else, in a browser or in Node. `endpoint` is the stage's URL. Requests are not signed.
 */
export function javaScriptClient(definition: ApiDefinition, endpoint: string): Record<string, string> {
  const operations = operationsOf(definition);
  const table = JSON.stringify(operations, null, 2);
  const code = CLIENT.replace("%ENDPOINT%", () => JSON.stringify(endpoint)).replace(
    "%OPERATIONS%",
    () => table,
  );
  return {
    "apiGateway-js-sdk/apigClient.js": code,
    "apiGateway-js-sdk/README.md": readme(Object.keys(operations)),
  };
}

function operationsOf(definition: ApiDefinition): Record<string, Operation> {
  const operations: Record<string, Operation> = {};
  for (const { id, resourceMethods } of Object.values(definition.resources)) {
    const path = resourcePath(definition, id) ?? "/";
    const { ANY: any, ...own } = resourceMethods;
    const methods = Object.entries({
      ...(any && Object.fromEntries(VERBS.map((verb) => [verb, any]))),
      ...own,
    });
    for (const [verb, method] of methods) {
      const parameters = Object.keys(method.requestParameters);
      const namesIn = (place: string) =>
        parameters.filter((name) => name.startsWith(place)).map((name) => name.slice(place.length));
      operations[freeName(operations, functionName(path, verb))] = {
        method: verb,
        path,
        query: namesIn("method.request.querystring."),
        headers: namesIn("method.request.header."),
      };
    }
  }
  return operations;
}

/** `/pets/{petId}` and GET: `petsPetIdGet`. */
function functionName(path: string, verb: string): string {
  const words = `${path === "/" ? "root" : path}/${verb.toLowerCase()}`
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean);
  const [first = "", ...others] = words;
  const name = first.charAt(0).toLowerCase() + first.slice(1) + others.map(capitalized).join("");
  return /^\d/.test(name) ? `_${name}` : name;
}

const capitalized = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

function freeName(taken: object, name: string): string {
  if (!Object.hasOwn(taken, name)) return name;
  for (let number = 2; ; number++) if (!Object.hasOwn(taken, `${name}${number}`)) return `${name}${number}`;
}

function readme(names: readonly string[]): string {
  return `# API client

    <script src="apigClient.js"></script>
    const client = apigClientFactory.newClient({ apiKey: "…" });
    const { status, data, headers } = await client.${names[0] ?? "rootGet"}(params, body, additionalParams);

In Node: \`const { apigClientFactory } = require("./apigClient.js")\`. \`params\` has the parameters of the path, the query
and the headers that the method declares, by name; \`additionalParams\` is \`{ headers, queryParams }\`. Requests are not
signed: methods with AWS_IAM need a signature of yours.

${names.map((name) => `- ${name}`).join("\n")}
`;
}

const CLIENT = `(function (scope) {
  "use strict";
  var ENDPOINT = %ENDPOINT%;
  var OPERATIONS = %OPERATIONS%;

  function addressOf(operation, params, additional) {
    var path = operation.path.replace(/\\{([^}+]+)(\\+?)\\}/g, function (_, name, greedy) {
      if (params[name] === undefined) throw new Error("The parameter " + name + " of the path is missing");
      var text = encodeURIComponent(String(params[name]));
      return greedy ? text.replace(/%2F/g, "/") : text;
    });
    var query = new URLSearchParams();
    operation.query.forEach(function (name) {
      if (params[name] !== undefined) [].concat(params[name]).forEach(function (one) { query.append(name, one); });
    });
    var more = additional.queryParams || {};
    Object.keys(more).forEach(function (name) { query.append(name, more[name]); });
    var text = query.toString();
    return path + (text ? "?" + text : "");
  }

  function headersOf(operation, params, additional, config) {
    var headers = { accept: "application/json" };
    if (config.apiKey) headers["x-api-key"] = config.apiKey;
    operation.headers.forEach(function (name) {
      if (params[name] !== undefined) headers[name.toLowerCase()] = String(params[name]);
    });
    var more = additional.headers || {};
    Object.keys(more).forEach(function (name) { headers[name.toLowerCase()] = more[name]; });
    return headers;
  }

  async function call(config, operation, params, body, additional) {
    var headers = headersOf(operation, params, additional, config);
    var request = { method: operation.method, headers: headers };
    if (body !== undefined && body !== null && operation.method !== "GET" && operation.method !== "HEAD") {
      request.body = typeof body === "string" ? body : JSON.stringify(body);
      if (!headers["content-type"]) headers["content-type"] = "application/json";
    }
    var base = (config.invokeUrl || ENDPOINT).replace(/\\/$/, "");
    var response = await fetch(base + addressOf(operation, params, additional), request);
    var text = await response.text();
    var data = text;
    try { data = JSON.parse(text); } catch (error) { /* It stays text. */ }
    var answer = { status: response.status, data: data, headers: Object.fromEntries(response.headers) };
    if (response.ok) return answer;
    throw Object.assign(new Error("The API answered " + response.status), { response: answer });
  }

  scope.apigClientFactory = {
    newClient: function (config) {
      var client = {};
      Object.keys(OPERATIONS).forEach(function (name) {
        client[name] = function (params, body, additional) {
          return call(config || {}, OPERATIONS[name], params || {}, body, additional || {});
        };
      });
      return client;
    },
  };
})(typeof module === "object" && module.exports ? module.exports : globalThis);
`;
