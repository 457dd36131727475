import type { Method, MethodResponse } from "@/server/gateway/snapshot/method";
import { exportIntegration } from "./export-integration";
import type { ExportContext, JsonObject } from "./export-openapi";
import { schemaReference } from "./export-schemas";
import { exportRequirements } from "./export-security";

/** The method has a description of its own; AWS has only that of the documentation part. */
const METHOD_WORDS = ["tags", "summary", "externalDocs", "description"];

/** One method as an operation. */
export function exportOperation(context: ExportContext, path: string, method: Method): JsonObject {
  const { options, choice, documentation, definition } = context;
  const place = { path, method: method.httpMethod };
  const validator =
    method.requestValidatorId === null ? undefined : definition.requestValidators[method.requestValidatorId];
  const body = options.format === "oas30" ? requestBody(context, place, method) : {};
  const swagger = options.format === "swagger" ? swaggerBodies(context, place, method) : null;
  const parameters = [...exportParameters(context, place, method), ...(swagger?.parameters ?? [])];
  return {
    ...(method.description && !choice.asAws ? { description: method.description } : {}),
    ...documentation.take(
      { type: "METHOD", ...place },
      choice.asAws ? METHOD_WORDS : METHOD_WORDS.slice(0, 3),
    ),
    ...(method.operationName ? { operationId: method.operationName } : {}),
    ...swagger?.mediaTypes,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...body,
    responses: Object.fromEntries(
      Object.values(method.methodResponses).map((response) => [
        response.statusCode,
        exportResponse(context, place, response),
      ]),
    ),
    ...exportRequirements(context, method),
    ...(choice.integrations && validator ? { "x-amazon-apigateway-request-validator": validator.name } : {}),
    ...(choice.integrations && method.methodIntegration
      ? { "x-amazon-apigateway-integration": exportIntegration(method.methodIntegration, options.format) }
      : {}),
  };
}

type Place = { readonly path: string; readonly method: string };

const LOCATIONS = {
  path: { in: "path", part: "PATH_PARAMETER" },
  querystring: { in: "query", part: "QUERY_PARAMETER" },
  header: { in: "header", part: "REQUEST_HEADER" },
} as const;

function exportParameters(
  { options, documentation }: ExportContext,
  place: Place,
  method: Method,
): JsonObject[] {
  return Object.entries(method.requestParameters)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, required]) => {
      const [, , location = "", ...rest] = key.split(".");
      const { in: source, part } = LOCATIONS[location as keyof typeof LOCATIONS];
      const name = rest.join(".");
      return {
        name,
        in: source,
        ...documentation.take({ type: part, ...place, name }, ["description"]),
        ...(required || source === "path" ? { required: true } : {}),
        ...(options.format === "swagger" ? { type: "string" } : { schema: { type: "string" } }),
      };
    });
}

/** AWS's key for any media type, as OpenAPI writes it. */
const mediaType = (key: string) => (key === "$default" ? "*/*" : key);

function requestBody(context: ExportContext, place: Place, method: Method): JsonObject {
  const models = Object.entries(method.requestModels);
  if (models.length === 0) return {};
  return {
    requestBody: {
      ...context.documentation.take({ type: "REQUEST_BODY", ...place }, ["description"]),
      content: Object.fromEntries(
        models.map(([key, name]) => [mediaType(key), { schema: schemaReference(context, name) }]),
      ),
      required: true,
    },
  };
}

/** Swagger has one body for all media types that are consumed, and one list of those that are produced. */
function swaggerBodies(
  context: ExportContext,
  place: Place,
  method: Method,
): { parameters: JsonObject[]; mediaTypes: JsonObject } {
  const consumes = Object.keys(method.requestModels).map(mediaType);
  const produces = new Set(
    Object.values(method.methodResponses).flatMap((response) =>
      Object.keys(response.responseModels).map(mediaType),
    ),
  );
  const model = method.requestModels["application/json"] ?? Object.values(method.requestModels)[0];
  const said = model ? context.documentation.take({ type: "REQUEST_BODY", ...place }, ["description"]) : {};
  return {
    parameters: model
      ? [{ in: "body", name: model, ...said, required: true, schema: schemaReference(context, model) }]
      : [],
    mediaTypes: {
      ...(consumes.length > 0 ? { consumes } : {}),
      ...(produces.size > 0 ? { produces: [...produces] } : {}),
    },
  };
}

function exportResponse(context: ExportContext, place: Place, response: MethodResponse): JsonObject {
  const { options, documentation } = context;
  const { statusCode } = response;
  const at = { ...place, statusCode };
  const headers = Object.keys(response.responseParameters).map((key) => {
    const name = key.replace("method.response.header.", "");
    const said = documentation.take({ type: "RESPONSE_HEADER", ...at, name }, ["description"]);
    return [
      name,
      options.format === "swagger" ? { type: "string", ...said } : { ...said, schema: { type: "string" } },
    ];
  });
  return {
    description: `${statusCode} response`,
    ...documentation.take({ type: "RESPONSE", ...at }, ["description"]),
    ...(headers.length > 0 ? { headers: Object.fromEntries(headers) } : {}),
    ...responseBody(context, response),
  };
}

function responseBody(context: ExportContext, { responseModels }: MethodResponse): JsonObject {
  if (context.options.format === "oas30") {
    const content = Object.entries(responseModels).map(([key, name]) => [
      mediaType(key),
      { schema: schemaReference(context, name) },
    ]);
    return { content: Object.fromEntries(content) };
  }
  const model = responseModels["application/json"] ?? Object.values(responseModels)[0];
  return model ? { schema: schemaReference(context, model) } : {};
}
