import {
  type MappingExpression,
  parseMappingExpression,
} from "@/server/domain/edits/rules/mapping-expression";
import { type Integration, integrationSchema } from "@/server/gateway/snapshot/integration";
import type { Method } from "@/server/gateway/snapshot/method";
import { type ImportContext, reportUnknown, resolveReference } from "./import-context";
import { readIntegrationResponses } from "./read-integration-responses";
import type { OperationPlace } from "./read-operation";
import { readTemplates } from "./read-templates";
import type { Cursor } from "./source/cursor";

const KNOWN = new Set(
  "type uri httpMethod credentials connectionType connectionId integration-target contentHandling passthroughBehavior requestParameters requestTemplates cacheNamespace cacheKeyParameters timeoutInMillis tlsConfig responses responseTransferMode payloadFormatVersion integrationSubtype".split(
    " ",
  ),
);
const TARGET = /^integration\.request\.(path|querystring|header)\.[\w.$-]+$/;

/** `x-amazon-apigateway-integration` as the method's integration; null when its type is none of AWS's. */
export function readIntegration(
  context: ImportContext,
  place: OperationPlace,
  { extension, method }: { extension: Cursor; method: Method },
): Integration | null {
  const at = resolveReference(context, extension);
  if (!at) return null;
  reportUnknown(context, at, KNOWN);
  const type = (at.get("type").text() ?? "").toUpperCase();
  const parsed = integrationSchema.shape.type.safeParse(type);
  if (!parsed.success) {
    context.report.dropped(
      at,
      `Integration type ${at.get("type").text() ?? "(none)"}: there is MOCK, HTTP, HTTP_PROXY, AWS and AWS_PROXY`,
    );
    return null;
  }
  const integration = integrationSchema.parse({ type: parsed.data, ...readTransport(context, place, at) });
  integration.requestParameters = readRequestParameters(context, place, {
    at: at.get("requestParameters"),
    method,
  });
  integration.requestTemplates = readTemplates(context, at.get("requestTemplates"));
  integration.integrationResponses = readIntegrationResponses(context, at.get("responses"), method);
  return integration.type === "MOCK" ? { ...integration, uri: null, httpMethod: null } : integration;
}

/** Everything of an integration that is one value; values that do not fit are reported and take the default. */
function readTransport(context: ImportContext, place: OperationPlace, at: Cursor): Partial<Integration> {
  const upper = (key: string) => at.get(key).text()?.toUpperCase();
  const isMock = upper("type") === "MOCK";
  const verb = upper("httpMethod");
  if (!verb && !isMock) {
    context.report.translated(
      at,
      `The integration of ${place.label} has no httpMethod: the method's own is used`,
    );
  }
  const tls = at.get("tlsConfig").get("insecureSkipVerification").flag();
  const timeout = at.get("timeoutInMillis");
  const keys = at.get("cacheKeyParameters");
  const candidates: Record<string, [value: unknown, at: Cursor]> = {
    httpMethod: [verb || (isMock ? undefined : place.httpMethod), at.get("httpMethod")],
    uri: [at.get("uri").text(), at.get("uri")],
    credentials: [at.get("credentials").text(), at.get("credentials")],
    connectionType: [upper("connectionType"), at.get("connectionType")],
    connectionId: [at.get("connectionId").text(), at.get("connectionId")],
    integrationTarget: [at.get("integration-target").text(), at.get("integration-target")],
    contentHandling: [upper("contentHandling"), at.get("contentHandling")],
    passthroughBehavior: [upper("passthroughBehavior"), at.get("passthroughBehavior")],
    cacheNamespace: [at.get("cacheNamespace").text(), at.get("cacheNamespace")],
    cacheKeyParameters: [keys.exists ? keys.texts() : undefined, keys],
    timeoutInMillis: [timeout.exists ? Number(timeout.text()) : undefined, timeout],
    tlsConfig: [tls === undefined ? undefined : { insecureSkipVerification: tls }, at.get("tlsConfig")],
    responseTransferMode: [upper("responseTransferMode"), at.get("responseTransferMode")],
  };
  const read: Record<string, unknown> = {};
  for (const [field, [value, where]] of Object.entries(candidates)) {
    if (value === undefined) continue;
    const parsed = integrationSchema.shape[field as keyof Integration].safeParse(value);
    if (parsed.success) read[field] = parsed.data;
    else
      context.report.dropped(where, `${field} ${JSON.stringify(value)}: ${parsed.error.issues[0]?.message}`);
  }
  if (at.get("payloadFormatVersion").exists && at.get("payloadFormatVersion").text() !== "1.0") {
    context.report.dropped(at.get("payloadFormatVersion"), "payloadFormatVersion: a REST API has format 1.0");
  }
  if (at.get("integrationSubtype").exists)
    context.report.dropped(at.get("integrationSubtype"), "integrationSubtype is for HTTP APIs");
  for (const [key, member] of at.get("tlsConfig").entries()) {
    if (key !== "insecureSkipVerification")
      context.report.dropped(
        member,
        `tlsConfig.${key} is not for REST APIs, which have insecureSkipVerification`,
      );
  }
  return read as Partial<Integration>;
}

function readRequestParameters(
  context: ImportContext,
  place: OperationPlace,
  { at, method }: { at: Cursor; method: Method },
): Record<string, string> {
  const mappings: Record<string, string> = {};
  for (const [target, source] of at.entries()) {
    if (typeof source.value !== "string") {
      context.report.warned(
        source,
        `Invalid format for 'requestParameters'. Expected type string for property '${target}' of resource '${place.path}' and method '${place.httpMethod}' but got '${typeof source.value === "object" ? JSON.stringify(source.value) : String(source.value)}'`,
      );
      continue;
    }
    const text = renamePathParameter(source.value, place);
    const expression = parseMappingExpression(text, "request");
    if (!TARGET.test(target) || !expression) {
      context.report.dropped(source, `Mapping ${target} = ${source.value} is not a mapping expression`);
      continue;
    }
    mappings[target] = text;
    declare(context, place, { source, expression, method });
  }
  return mappings;
}

function renamePathParameter(text: string, place: OperationPlace): string {
  const name = /^method\.request\.path\.(.+)$/.exec(text)?.[1];
  const renamed = name === undefined ? undefined : place.renamed.get(name);
  return renamed === undefined ? text : `method.request.path.${renamed}`;
}

/** A mapping reads only what the method request declares; what is missing there is added. */
function declare(
  context: ImportContext,
  place: OperationPlace,
  { source, expression, method }: { source: Cursor; expression: MappingExpression; method: Method },
): void {
  if (!("all" in expression)) return;
  const parameter = `method.request.${expression.source}.${expression.name}`;
  if (Object.hasOwn(method.requestParameters, parameter)) return;
  if (expression.source === "path" && !place.variables.includes(expression.name)) {
    context.report.translated(source, `${parameter} is read here but is not in the path ${place.path}`);
  } else {
    context.report.translated(source, `${parameter} is read here, so the method request declares it`);
  }
  method.requestParameters[parameter] = expression.source === "path";
}
