import { isMediaTypeKey } from "@/server/domain/edits/rules/check-media-types";
import type { Method } from "@/server/gateway/snapshot/method";
import { type ImportContext, resolveReference } from "./import-context";
import { modelNameFrom } from "./model-registry";
import type { OperationPlace } from "./read-operation";
import { type Cursor, isRecord } from "./source/cursor";

const FORMS = ["application/x-www-form-urlencoded", "multipart/form-data"];
const HEADER = /^[\w.$-]+$/;

/** The request's models: the body parameter of 2.0 or the `requestBody` of 3.x. */
export function readRequestBody(
  context: ImportContext,
  place: OperationPlace,
  { operation, parameters, method }: { operation: Cursor; parameters: Cursor[]; method: Method },
): void {
  const hint = `${place.modelHint}Request`;
  if (context.version === "2.0") {
    const form = parameters.find((at) => at.get("in").text() === "formData");
    if (form)
      context.report.dropped(
        form,
        "Form parameters are not described: API Gateway's models are for JSON bodies",
      );
    const body = parameters.find((at) => at.get("in").text() === "body");
    if (!body) return;
    describeBody(context, place, body);
    const model = context.models.nameFor(body.get("schema"), hint);
    if (!model) return;
    for (const type of mediaTypes(operation.get("consumes"), context.source.root.get("consumes"))) {
      method.requestModels[type] = model;
    }
    return;
  }
  if (!operation.get("requestBody").exists) return;
  const body = resolveReference(context, operation.get("requestBody"));
  if (!body) return;
  describeBody(context, place, body);
  for (const [given, media] of body.get("content").entries()) {
    const type = mediaTypeKey(given);
    if (FORMS.includes(given) || !type) {
      context.report.dropped(
        media,
        `Request body ${given} is not described: API Gateway's models are for JSON bodies`,
      );
      continue;
    }
    const model = context.models.nameFor(media.get("schema"), hint);
    if (model) method.requestModels[type] = model;
  }
}

function describeBody(context: ImportContext, place: OperationPlace, body: Cursor): void {
  context.documentation.add(
    { type: "REQUEST_BODY", path: place.path, method: place.httpMethod },
    { description: body.get("description").text() },
  );
}

/** Method responses of the operation's `responses`, with their headers and models. */
export function readResponses(
  context: ImportContext,
  place: OperationPlace,
  { operation, method }: { operation: Cursor; method: Method },
): void {
  const entries = operation
    .get("responses")
    .entries()
    .filter(([key]) => !key.startsWith("x-"));
  for (const [key, at] of entries) {
    const statusCode = statusOf(key, entries.length);
    const response = resolveReference(context, at);
    if (!statusCode || !response || Object.hasOwn(method.methodResponses, statusCode)) {
      const why = !response
        ? "its reference leads nowhere"
        : statusCode
          ? `there is already ${statusCode}`
          : "a method response has a status code";
      context.report.dropped(at, `Response ${key}: ${why}`);
      continue;
    }
    if (statusCode !== key) context.report.translated(at, `Response ${key} is method response ${statusCode}`);
    method.methodResponses[statusCode] = {
      statusCode,
      responseParameters: readHeaders(context, { ...place, statusCode }, response),
      responseModels: readResponseModels(context, { ...place, statusCode }, { operation, response }),
    };
    context.source.charge({ characters: JSON.stringify(method.methodResponses[statusCode]).length });
    const description = response.get("description").text();
    if (description && description !== `${statusCode} response`) {
      const { path, httpMethod } = place;
      context.documentation.add({ type: "RESPONSE", path, method: httpMethod, statusCode }, { description });
    }
    if (response.get("links").exists)
      context.report.dropped(response.get("links"), "Links have no place in an API definition");
  }
}

function statusOf(key: string, count: number): string | null {
  if (/^[1-5]\d\d$/.test(key)) return key;
  const range = /^([1-5])XX$/i.exec(key)?.[1];
  if (range) return `${range}00`;
  return key === "default" && count === 1 ? "200" : null;
}

type ResponsePlace = OperationPlace & { statusCode: string };

function readHeaders(
  context: ImportContext,
  place: ResponsePlace,
  response: Cursor,
): Record<string, boolean> {
  const headers: Record<string, boolean> = {};
  for (const [name, at] of response.get("headers").entries()) {
    const header = resolveReference(context, at);
    if (!header) continue;
    if (!HEADER.test(name)) {
      context.report.dropped(at, `Header ${name}: a name has letters, digits and . _ $ -`);
      continue;
    }
    headers[`method.response.header.${name}`] = false;
    context.documentation.add(
      {
        type: "RESPONSE_HEADER",
        path: place.path,
        method: place.httpMethod,
        statusCode: place.statusCode,
        name,
      },
      { description: header.get("description").text() },
    );
  }
  return headers;
}

function readResponseModels(
  context: ImportContext,
  place: ResponsePlace,
  { operation, response }: { operation: Cursor; response: Cursor },
): Record<string, string> {
  const hint = `${place.modelHint}Response${place.statusCode}`;
  const models: Record<string, string> = {};
  if (context.version === "2.0") {
    const schema = response.get("schema");
    if (isRecord(schema.value) && schema.value.type === "file") {
      context.report.dropped(schema, "A file has no model");
      return models;
    }
    const model = context.models.nameFor(schema, hint);
    if (!model) return models;
    for (const type of mediaTypes(operation.get("produces"), context.source.root.get("produces")))
      models[type] = model;
    return models;
  }
  for (const [given, media] of response.get("content").entries()) {
    const type = mediaTypeKey(given);
    if (!type) {
      context.report.dropped(media, `Response ${given} is not described: it is no media type`);
      continue;
    }
    const model = context.models.nameFor(media.get("schema"), hint);
    if (model) models[type] = model;
  }
  return models;
}

function mediaTypes(own: Cursor, root: Cursor): string[] {
  const given = (own.exists ? own : root).texts().flatMap((type) => mediaTypeKey(type) ?? []);
  return given.length > 0 ? given : ["application/json"];
}

/** Models are keyed by media type; `$default` is AWS's key for any. */
function mediaTypeKey(type: string): string | null {
  if (type === "*/*" || type === "$default") return "$default";
  return isMediaTypeKey(type) && !type.startsWith("*") ? type : null;
}

/** A name for models made of schemas written in an operation: `GetPetsPetId`. */
export function modelHint(operationId: string | undefined, httpMethod: string, path: string): string {
  const text = operationId?.match(/[a-zA-Z]/) ? operationId : `${httpMethod.toLowerCase()} ${path}`;
  const name = modelNameFrom(text);
  return name.charAt(0).toUpperCase() + name.slice(1);
}
