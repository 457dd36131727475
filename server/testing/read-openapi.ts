import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import type { ImportOptions } from "@/server/domain/openapi/import/import-context";
import { ImportError } from "@/server/domain/openapi/import/import-error";
import { importOpenApi } from "@/server/domain/openapi/import/import-openapi";
import type { Method } from "@/server/gateway/snapshot/method";

/** Imports a text or a document; `said` is the report as lines. */
export function read(source: unknown, options: Partial<ImportOptions> = {}) {
  let count = 0;
  const text = typeof source === "string" ? source : JSON.stringify(source);
  const result = importOpenApi(text, { ids: () => `id${count++}`, ...options });
  const said = result.report.map(({ outcome, line, message }) => `${line} ${outcome} ${message}`);
  return { ...result, said };
}

/** A method by its label, e.g. `GET /pets`. */
export function methodOf(definition: ApiDefinition, label: string): Method {
  const [verb, path] = label.split(" ");
  const resource = Object.values(definition.resources).find(
    ({ id }) => resourcePath(definition, id) === path,
  );
  return resource?.resourceMethods[verb as "GET"] as Method;
}

/** Why the document cannot be imported. */
export function failure(source: string): ImportError {
  try {
    read(source);
  } catch (error) {
    if (error instanceof ImportError) return error;
    throw error;
  }
  throw new Error("the document was imported");
}

const mock = { type: "mock", responses: { default: { statusCode: "200" } } };
/** An operation with a MOCK integration. */
export const operation = (more: object = {}) => ({
  responses: { "200": { description: "200 response" } },
  "x-amazon-apigateway-integration": mock,
  ...more,
});
/** An OpenAPI 3.0 document with these paths. */
export const oas3 = (paths: object, more: object = {}) => ({
  openapi: "3.0.1",
  info: { title: "T", version: "1" },
  paths,
  ...more,
});
