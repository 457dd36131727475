import { type ApiDefinition, apiDefinitionSchema } from "@/server/domain/definition";
import { fullLocation, locationFault } from "@/server/domain/documentation/part-location";
import { isGatewayResponseValue } from "@/server/domain/edits/rules/check-gateway-response";
import {
  GATEWAY_RESPONSE_TYPES,
  type GatewayResponse,
  type GatewayResponseType,
} from "@/server/gateway/snapshot/gateway-response";
import { AWS_DEFAULTS, type ImportContext } from "./import-context";
import { readTemplates } from "./read-templates";
import { type Cursor, isRecord } from "./source/cursor";

const PREFIX = "x-amazon-apigateway-";
const RESPONSE_TARGET = /^gatewayresponse\.(header|path|querystring)\.[\w.$-]+$/;

/** `info` and the root's extensions: everything of the API that is not a path, a model or an authorizer. */
export function readApiSettings(context: ImportContext): void {
  const { definition, documentation, source, report } = context;
  const info = source.root.get("info");
  const { description, version, ...rest } = isRecord(info.value) ? info.value : {};
  definition.description = typeof description === "string" ? description : "";
  // YAML's `version: 1.0` is the number 1, but it was written as 1.0.
  definition.version =
    version === undefined
      ? ""
      : (source.writtenAs(info.get("version").pointer) ?? info.get("version").text() ?? "");
  const { title: _title, ...others } = rest;
  documentation.add(
    { type: "API" },
    {
      info: Object.keys(others).length > 0 ? others : undefined,
      tags: source.root.get("tags").value ?? undefined,
      externalDocs: source.root.get("externalDocs").value ?? undefined,
    },
  );
  readScalars(context);
  readEndpoint(context);
  readGatewayResponses(context);
  readDocumentation(context);
  for (const [name, why] of Object.entries(IGNORED)) {
    const at = source.root.get(PREFIX + name);
    if (at.exists) report.dropped(at, why);
  }
  for (const tag of source.root.get("tags").items()) {
    const at = tag.get(`${PREFIX}tag-value`);
    if (at.exists)
      report.dropped(at, "This extension is for HTTP APIs: a REST API takes no tags from a document");
  }
}

/** Extensions of the root that are known and have no effect on a REST API here, with the reason. */
const IGNORED: Readonly<Record<string, string>> = {
  cors: "This extension is for HTTP APIs: on a REST API, CORS is an OPTIONS method",
  "security-policy": "The TLS policy is a matter of the server in front: it is not part of the definition",
  "endpoint-access-mode": "The endpoint's access mode is AWS's own: it is not part of the definition",
};

function readScalars({ source, definition, report, options }: ImportContext): void {
  const set = <K extends "apiKeySource" | "binaryMediaTypes" | "minimumCompressionSize" | "policy">(
    field: K,
    at: Cursor,
    value: unknown,
  ) => {
    if (!at.exists) return;
    const parsed = apiDefinitionSchema.shape[field].safeParse(value);
    if (parsed.success) {
      (definition as ApiDefinition)[field] = parsed.data as ApiDefinition[K];
      report.kept(at, `The API's ${field}`);
    } else report.dropped(at, `${field}: ${parsed.error.issues[0]?.message}`);
  };
  const at = (name: string) => source.root.get(PREFIX + name);
  set("apiKeySource", at("api-key-source"), at("api-key-source").text()?.toUpperCase());
  set("binaryMediaTypes", at("binary-media-types"), [...new Set(at("binary-media-types").texts())]);
  set(
    "minimumCompressionSize",
    at("minimum-compression-size"),
    Number(at("minimum-compression-size").text()),
  );
  const policy = at("policy");
  const text = typeof policy.value === "string" ? policy.value : JSON.stringify(policy.value);
  set("policy", policy, options.asAws && text ? expandResources(text, options) : text);
}

/** AWS writes the short resource `execute-api:/…` of a policy out in full. */
function expandResources(policy: string, { apiId = "*", awsVariables }: ImportContext["options"]): string {
  const { AccountId, Partition, Region } = { ...AWS_DEFAULTS, ...awsVariables };
  const full = `"arn:${Partition}:execute-api:${Region}:${AccountId}:${apiId}/`;
  return policy.replace(/"execute-api:\/+/g, () => full);
}

function readEndpoint({ source, definition, report, version }: ImportContext): void {
  const name = `${PREFIX}endpoint-configuration`;
  const places = version === "2.0" ? [source.root] : [source.root, ...source.root.get("servers").items()];
  const at = places.map((place) => place.get(name)).find((place) => place.exists);
  if (!at) return;
  definition.disableExecuteApiEndpoint = at.get("disableExecuteApiEndpoint").flag() ?? false;
  const endpoints = at.get("vpcEndpointIds").texts();
  const types = at
    .get("types")
    .texts()
    .map((type) => type.toUpperCase());
  const parsed = apiDefinitionSchema.shape.endpointConfiguration.safeParse({
    ...definition.endpointConfiguration,
    types:
      types.length > 0 ? types : endpoints.length > 0 ? ["PRIVATE"] : definition.endpointConfiguration.types,
    vpcEndpointIds: endpoints,
  });
  if (parsed.success) definition.endpointConfiguration = parsed.data;
  report.kept(at, "The API's endpoint configuration");
}

/** Makes the request validators; the map leads from their names to their ids. */
export function readRequestValidators(context: Omit<ImportContext, "validatorIds">): Map<string, string> {
  const byName = new Map<string, string>();
  for (const [name, at] of context.source.root.get(`${PREFIX}request-validators`).entries()) {
    const id = context.options.ids();
    context.definition.requestValidators[id] = {
      id,
      name,
      validateRequestBody: at.get("validateRequestBody").flag() ?? false,
      validateRequestParameters: at.get("validateRequestParameters").flag() ?? false,
    };
    byName.set(name, id);
    context.report.kept(at, `Request validator ${name}`);
  }
  return byName;
}

function readGatewayResponses(context: ImportContext): void {
  for (const [name, at] of context.source.root.get(`${PREFIX}gateway-responses`).entries()) {
    const responseType = name.toUpperCase();
    if (!Object.hasOwn(GATEWAY_RESPONSE_TYPES, responseType)) {
      context.report.dropped(at, `There is no gateway response ${name}`);
      continue;
    }
    const type = responseType as GatewayResponseType;
    context.definition.gatewayResponses[type] = readGatewayResponse(context, type, at);
    context.report.kept(at, `Gateway response ${type}`);
  }
}

function readGatewayResponse(
  context: ImportContext,
  responseType: GatewayResponseType,
  at: Cursor,
): GatewayResponse {
  const statusCode = at.get("statusCode").text() ?? null;
  const responseParameters: Record<string, string> = {};
  for (const [target, source] of at.get("responseParameters").entries()) {
    const text = source.text() ?? "";
    if (RESPONSE_TARGET.test(target) && isGatewayResponseValue(text)) responseParameters[target] = text;
    else context.report.dropped(source, `Mapping ${target} = ${text} is not a mapping expression`);
  }
  const isStatus = statusCode !== null && /^[1-5]\d\d$/.test(statusCode);
  if (statusCode !== null && !isStatus) {
    context.report.dropped(at.get("statusCode"), `${statusCode} is no status code from 100 to 599`);
  }
  return {
    responseType,
    statusCode: isStatus ? statusCode : null,
    responseParameters,
    responseTemplates: readTemplates(context, at.get("responseTemplates")),
  };
}

/** Explicit documentation parts. They add to what the document says in place, and win where both speak. */
function readDocumentation(context: ImportContext): void {
  const parts = context.source.root.get(`${PREFIX}documentation`).get("documentationParts");
  for (const part of parts.items()) {
    const type = part.get("location").get("type").text()?.toUpperCase();
    if (!type || !isRecord(part.get("properties").value)) {
      context.report.dropped(part, "A documentation part has a location with a type, and properties");
      continue;
    }
    const field = (name: string) => part.get("location").get(name).text() ?? null;
    const location = fullLocation({
      type,
      path: field("path"),
      method: field("method"),
      statusCode: field("statusCode"),
      name: field("name"),
    });
    const fault = locationFault(location);
    if (fault) context.report.warned(part, fault);
    else context.documentation.addListed(location, part.get("properties").value as Record<string, unknown>);
  }
  if (parts.exists) context.report.kept(parts, `Documentation: ${parts.items().length} parts`);
}
