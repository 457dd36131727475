import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import { HTTP_METHODS } from "@/server/gateway/snapshot/method";
import { exportDocumentation } from "./export-documentation";
import { exportApiExtensions } from "./export-extensions";
import { exportOperation } from "./export-operation";
import { exportSchemas } from "./export-schemas";
import { exportSecuritySchemes, type SchemeNames, schemeNames } from "./export-security";
import { InlineDocumentation } from "./inline-documentation";

export type ExportOptions = {
  readonly format: "oas30" | "swagger";
  /** With Amazon API Gateway's extensions; only then does an import give the same API. */
  readonly extensions: boolean;
  readonly apiId?: string | undefined;
  readonly stage?: string | undefined;
  /** Where the API is served, with or without the stage at its end. */
  readonly baseUrl?: string | undefined;
  /** Stands in for a version the API does not have; AWS takes the API's date. */
  readonly versionWhenEmpty?: string | undefined;
};

export type JsonObject = Record<string, unknown>;

/** What the parts of an export share. */
export type ExportContext = {
  readonly definition: ApiDefinition;
  readonly options: ExportOptions;
  readonly schemes: SchemeNames;
  readonly documentation: InlineDocumentation;
};

/** An API as an OpenAPI 3.0.1 or Swagger 2.0 document, in the shape of Amazon API Gateway's exports. */
export function exportOpenApi(definition: ApiDefinition, options: ExportOptions): JsonObject {
  const documentation = new InlineDocumentation(definition);
  const context: ExportContext = { definition, options, schemes: schemeNames(definition), documentation };
  const about = documentation.take({ type: "API" }, ["info", "tags", "externalDocs"], isInlineInfo);
  const info = {
    title: definition.name,
    ...(definition.description ? { description: definition.description } : {}),
    ...((about.info as JsonObject | undefined) ?? {}),
    version: definition.version || (options.versionWhenEmpty ?? ""),
  };
  const paths = exportPaths(context);
  const schemas = exportSchemas(context);
  const security = exportSecuritySchemes(context);
  const around = {
    ...(about.tags ? { tags: about.tags } : {}),
    ...(about.externalDocs ? { externalDocs: about.externalDocs } : {}),
  };
  const extensions = options.extensions
    ? { ...exportApiExtensions(context), ...exportDocumentation(context) }
    : {};
  if (options.format === "swagger") {
    return {
      swagger: "2.0",
      info,
      ...swaggerAddress(options),
      ...around,
      paths,
      ...(isEmpty(security) ? {} : { securityDefinitions: security }),
      ...(isEmpty(schemas) ? {} : { definitions: schemas }),
      ...extensions,
    };
  }
  return {
    openapi: "3.0.1",
    info,
    ...servers(options),
    ...around,
    paths,
    components: {
      ...(isEmpty(schemas) ? {} : { schemas }),
      ...(isEmpty(security) ? {} : { securitySchemes: security }),
    },
    ...extensions,
  };
}

const isEmpty = (value: JsonObject) => Object.keys(value).length === 0;

/** `info` has a place of its own for these; a part that says them is not written there. */
function isInlineInfo(properties: JsonObject): boolean {
  const { info } = properties;
  if (info === undefined) return true;
  if (typeof info !== "object" || info === null || Array.isArray(info)) return false;
  return !["title", "description", "version"].some((key) => Object.hasOwn(info, key));
}

function exportPaths(context: ExportContext): JsonObject {
  const { definition, documentation, options } = context;
  const parents = new Set(Object.values(definition.resources).map((resource) => resource.parentId));
  const items: [path: string, item: JsonObject][] = [];
  for (const resource of Object.values(definition.resources)) {
    const path = resourcePath(definition, resource.id) ?? "/";
    const said =
      options.format === "oas30"
        ? documentation.take({ type: "RESOURCE", path }, ["summary", "description"])
        : {};
    const methods = HTTP_METHODS.flatMap((verb) => resource.resourceMethods[verb] ?? []);
    // Resources above others come back with their children; a bare leaf needs a path of its own.
    const isBareLeaf = resource.parentId !== null && !parents.has(resource.id);
    if (methods.length === 0 && !isBareLeaf && isEmpty(said)) continue;
    const operations = methods.map((method) => [
      method.httpMethod === "ANY" ? "x-amazon-apigateway-any-method" : method.httpMethod.toLowerCase(),
      exportOperation(context, path, method),
    ]);
    items.push([path, { ...said, ...Object.fromEntries(operations) }]);
  }
  items.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(items);
}

/** The base URL without the stage, and the stage. */
function address({
  baseUrl,
  apiId,
  stage,
}: ExportOptions): { base: string; stage: string | undefined } | null {
  const base = (baseUrl ?? (apiId ? `https://${apiId}.execute-api.us-east-1.amazonaws.com` : "")).replace(
    /\/+$/,
    "",
  );
  if (base === "") return null;
  return { base: stage && base.endsWith(`/${stage}`) ? base.slice(0, -stage.length - 1) : base, stage };
}

function servers(options: ExportOptions): JsonObject {
  const at = address(options);
  if (!at) return {};
  if (!at.stage) return { servers: [{ url: at.base }] };
  return { servers: [{ url: `${at.base}/{basePath}`, variables: { basePath: { default: at.stage } } }] };
}

function swaggerAddress(options: ExportOptions): JsonObject {
  const at = address(options);
  const parts = at && /^(https?):\/\/([^/]+)(\/.*)?$/.exec(at.base);
  if (!parts) return {};
  const basePath = `${parts[3] ?? ""}${at?.stage ? `/${at.stage}` : ""}`;
  return { host: parts[2], ...(basePath ? { basePath } : {}), schemes: [parts[1]] };
}
