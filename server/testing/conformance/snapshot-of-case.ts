import { importOpenApi } from "@/server/domain/openapi/import/import-openapi";
import { type ApiSnapshot, apiSnapshotSchema } from "@/server/gateway/snapshot/api-snapshot";
import type { CaseMethod, InvokeCase } from "./case-file";

/** The API a case describes, as a snapshot; `fill` puts the stub's address and ids into its texts. */
export function snapshotOfCase(testCase: InvokeCase, fill: (text: string) => string): ApiSnapshot {
  const { api } = testCase;
  const imported = api.imports?.at(-1);
  if (imported) return importedSnapshot(fill(imported.body), imported.parameters?.basepath);
  const resources: Record<string, unknown> = {
    root: { id: "root", parentId: null, pathPart: "", resourceMethods: {} },
  };
  const idByPath = new Map([["/", "root"]]);
  const idOf = (path: string): string => {
    const known = idByPath.get(path);
    if (known) return known;
    const cut = path.lastIndexOf("/");
    const id = resourceIdOf(path);
    const parentId = idOf(path.slice(0, cut) || "/");
    resources[id] = { id, parentId, pathPart: path.slice(cut + 1), resourceMethods: {} };
    idByPath.set(path, id);
    return id;
  };
  const validators = Object.keys(api.requestValidators ?? {});
  for (const [path, methods] of Object.entries(api.resources ?? {})) {
    const resource = resources[idOf(path)] as { resourceMethods: Record<string, unknown> };
    for (const [verb, parts] of Object.entries(methods))
      resource.resourceMethods[verb] = methodOf(verb, parts);
  }
  const document = {
    formatVersion: 1,
    name: "case",
    apiKeySource: api.apiKeySource ?? "HEADER",
    binaryMediaTypes: api.binaryMediaTypes ?? [],
    resources,
    models: Object.fromEntries(
      Object.entries(api.models ?? {}).map(([name, m]) => [
        name,
        { name, schema: m.schema ?? "{}", contentType: m.contentType ?? "application/json" },
      ]),
    ),
    requestValidators: Object.fromEntries(
      validators.map((name) => [
        name,
        {
          id: name,
          name,
          ...pick(api.requestValidators?.[name] ?? {}, ["validateRequestBody", "validateRequestParameters"]),
        },
      ]),
    ),
    gatewayResponses: Object.fromEntries(
      Object.entries(api.gatewayResponses ?? {}).map(([type, r]) => [
        type,
        { responseType: type, ...pick(r, ["statusCode", "responseParameters", "responseTemplates"]) },
      ]),
    ),
  };
  return apiSnapshotSchema.parse(JSON.parse(fill(JSON.stringify(document))));
}

/** The last document of a case: each overwrites the one before. Stub back ends have no TLS. */
function importedSnapshot(body: string, basepath?: string): ApiSnapshot {
  let count = 0;
  const source = body.replaceAll("https://127.0.0.1", "http://127.0.0.1");
  return importOpenApi(source, {
    ids: () => `id${++count}`,
    basePath: basepath as "ignore" | "prepend" | "split" | undefined,
  }).definition;
}

export function resourceIdOf(path: string): string {
  return `r${[...path].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) >>> 0, 7).toString(36)}`;
}

function methodOf(verb: string, parts: CaseMethod): Record<string, unknown> {
  const { method = {}, integration } = parts;
  return {
    httpMethod: verb,
    authorizationType: String(method.authorizationType ?? "NONE").toUpperCase(),
    ...pick(method, ["apiKeyRequired", "requestParameters", "requestModels"]),
    requestValidatorId: method.requestValidator ?? null,
    methodResponses: byStatus(parts.methodResponses, ["responseParameters", "responseModels"]),
    methodIntegration: integration
      ? {
          ...pick(integration, [
            "type",
            "uri",
            "credentials",
            "requestParameters",
            "requestTemplates",
            "passthroughBehavior",
            "contentHandling",
            "timeoutInMillis",
          ]),
          httpMethod: integration.integrationHttpMethod ?? null,
          integrationResponses: byStatus(parts.integrationResponses, [
            "selectionPattern",
            "responseParameters",
            "responseTemplates",
            "contentHandling",
          ]),
        }
      : null,
  };
}

function byStatus(responses: Record<string, Record<string, unknown>> | undefined, names: string[]): object {
  return Object.fromEntries(
    Object.entries(responses ?? {}).map(([status, r]) => [status, { statusCode: status, ...pick(r, names) }]),
  );
}

function pick(from: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(from).filter(([name, value]) => names.includes(name) && value !== null),
  );
}
