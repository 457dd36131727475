import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import type { DocumentationPart } from "@/server/gateway/snapshot/api-snapshot";
import { HTTP_METHODS } from "@/server/gateway/snapshot/method";
import { servers, swaggerAddress } from "./export-address";
import { exportDocumentation } from "./export-documentation";
import { endpointExtension, exportApiExtensions } from "./export-extensions";
import { exportOperation } from "./export-operation";
import { exportSchemas } from "./export-schemas";
import { exportSecuritySchemes, type SchemeNames, schemeNames } from "./export-security";
import { type ExportExtension, type ExtensionChoice, extensionChoice } from "./extension-choice";
import { EveryPartOnce, InheritedDocumentation, type InlineDocumentation } from "./inline-documentation";

export type ExportOptions = {
  readonly format: "oas30" | "swagger";
  /**
   * Amazon API Gateway's extensions. `true`: all, and an import gives the same API. A list: the document that AWS's
   * GetExport writes for these, `[]` without any.
   */
  readonly extensions: boolean | readonly ExportExtension[];
  readonly apiId?: string | undefined;
  readonly stage?: string | undefined;
  /** Where the API is served, with or without the stage at its end; absent, AWS's own address. */
  readonly baseUrl?: string | undefined;
  /** In AWS's own address; `us-east-1` unless it says otherwise. */
  readonly region?: string | undefined;
  /** Stands in for a version the API does not have; AWS takes the API's date. */
  readonly versionWhenEmpty?: string | undefined;
  /** The parts of a documentation version, in place of the definition's own; AWS's form has no others. */
  readonly documentationParts?: readonly DocumentationPart[] | undefined;
  /** The documentation version those are of, for the head of their list. */
  readonly documentationVersion?: { readonly version: string; readonly createdDate: string } | undefined;
};

export type JsonObject = Record<string, unknown>;

/** What the parts of an export share. */
export type ExportContext = {
  readonly definition: ApiDefinition;
  readonly options: ExportOptions;
  readonly choice: ExtensionChoice;
  readonly schemes: SchemeNames;
  readonly documentation: InlineDocumentation;
};

/** An API as an OpenAPI 3.0.1 or Swagger 2.0 document, in the shape of Amazon API Gateway's exports. */
export function exportOpenApi(definition: ApiDefinition, options: ExportOptions): JsonObject {
  const choice = extensionChoice(options.extensions);
  const own = choice.asAws ? [] : definition.documentationParts;
  const parts = options.documentationParts ?? own;
  const documentation = choice.asAws ? new InheritedDocumentation(parts) : new EveryPartOnce(parts);
  const context: ExportContext = {
    definition,
    options,
    choice,
    schemes: schemeNames(definition),
    documentation,
  };
  const about = documentation.take({ type: "API" }, ["info", "tags", "externalDocs"], isInlineInfo);
  const info = exportInfo(context, about.info);
  const paths = exportPaths(context);
  const schemas = exportSchemas(context);
  const security = exportSecuritySchemes(context);
  const { info: _info, ...around } = about;
  const endpoint = choice.integrations ? endpointExtension(definition) : {};
  const server = options.format === "oas30" ? servers(options, endpoint) : {};
  const extensions = {
    ...(choice.integrations ? exportApiExtensions(context) : {}),
    ...("servers" in server ? {} : endpoint),
    ...(choice.documentation ? exportDocumentation(context) : {}),
  };
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
    ...server,
    ...around,
    paths,
    components: {
      ...(isEmpty(schemas) ? {} : { schemas }),
      ...(isEmpty(security) ? {} : { securitySchemes: security }),
    },
    ...extensions,
  };
}

/** AWS's order: description, version and title in Swagger, title, description and version in OpenAPI 3. */
function exportInfo({ definition, options }: ExportContext, documented: unknown): JsonObject {
  const said = isObject(documented) ? documented : {};
  const title = definition.name;
  const version = definition.version || (options.versionWhenEmpty ?? "");
  const own: JsonObject = definition.description ? { description: definition.description } : {};
  const { title: _title, version: _version, ...about } = { ...own, ...said };
  return options.format === "swagger" ? { ...about, version, title } : { title, ...about, version };
}

const isEmpty = (value: JsonObject) => Object.keys(value).length === 0;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `info` has a place of its own for these; a part that says them is not written there. */
function isInlineInfo(properties: JsonObject): boolean {
  const { info } = properties;
  if (info === undefined) return true;
  if (!isObject(info)) return false;
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
