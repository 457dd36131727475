import { type ApiDefinition, apiDefinitionSchema, emptyDefinition } from "@/server/domain/definition";
import { Documentation } from "./documentation";
import {
  AWS_DEFAULTS,
  type ImportContext,
  type ImportOptions,
  type OpenApiVersion,
  reportUnknown,
} from "./import-context";
import { ImportError } from "./import-error";
import { ModelRegistry } from "./model-registry";
import { readApiSettings, readRequestValidators } from "./read-api-settings";
import { readPaths } from "./read-paths";
import { Report, type ReportEntry } from "./report";
import { readSecuritySchemes } from "./security-schemes";
import { SourceDocument } from "./source/source-document";

export type ImportResult = {
  readonly definition: ApiDefinition;
  /** What became of every part of the source, by line. */
  readonly report: ReportEntry[];
  /** The version the document names, e.g. `3.0.1` or `2.0`. */
  readonly sourceVersion: string;
};

/** Members of the root that a reader looks at. */
const KNOWN = new Set([
  ..."openapi swagger info paths components definitions securityDefinitions security servers host basePath schemes consumes produces tags externalDocs parameters responses".split(
    " ",
  ),
  ...[
    "api-key-source",
    "binary-media-types",
    "cors",
    "documentation",
    "endpoint-access-mode",
    "endpoint-configuration",
    "gateway-responses",
    "importexport-version",
    "minimum-compression-size",
    "policy",
    "request-validator",
    "request-validators",
    "security-policy",
  ].map((name) => `x-amazon-apigateway-${name}`),
]);

/**
 * An OpenAPI 3 or Swagger 2 document, JSON or YAML, with Amazon API Gateway's extensions, as a definition. Nothing
 * is fetched: references to files and URLs are reported. Parts that have no place here are reported, not errors.
 *
 * @throws ImportError for a text that is no such document, is larger than 6 MB, or nests or repeats without end
 */
export function importOpenApi(source: string, options: ImportOptions): ImportResult {
  const variables = { ...AWS_DEFAULTS, ...options.awsVariables };
  const text = source
    .replace(/^\ufeff/, "")
    .replace(
      /\$\{AWS::(AccountId|Region|Partition)\}/g,
      (_, name: keyof typeof variables) => variables[name],
    );
  const document = new SourceDocument(text);
  const { version, written } = readVersion(document);
  const context = startImport(document, version, options);
  if (text.length !== source.length && source.includes("${AWS::")) {
    context.report.translated(
      document.root,
      "AWS's variables for account, region and partition are filled in",
    );
  }
  reportUnknown(context, document.root, KNOWN);
  readApiSettings(context);
  readPaths(context);
  Object.assign(context.definition.models, context.models.models);
  context.definition.documentationParts = options.ignoreDocumentation
    ? []
    : context.documentation.parts(options.ids);
  const checked = apiDefinitionSchema.safeParse(context.definition);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw new ImportError("INVALID", `${issue?.path.join(".")}: ${issue?.message}`);
  }
  return { definition: checked.data, report: context.report.entries(), sourceVersion: written };
}

function readVersion(document: SourceDocument): { version: OpenApiVersion; written: string } {
  const { root } = document;
  for (const key of ["openapi", "swagger"]) {
    const at = root.get(key);
    if (!at.exists) continue;
    const written = document.writtenAs(at.pointer) ?? at.text() ?? "";
    if (key === "swagger" && /^2(\.0)?$/.test(written)) return { version: "2.0", written: "2.0" };
    if (key === "openapi" && written.startsWith("3.0")) return { version: "3.0", written };
    if (key === "openapi" && /^3\.[1-9]/.test(written)) return { version: "3.1", written };
    throw new ImportError("NOT_OPENAPI", `Invalid OpenAPI input: version ${written} is not 2.0 or 3.x`, {
      line: document.lineOf(at.pointer),
      path: at.pointer,
    });
  }
  throw new ImportError(
    "NOT_OPENAPI",
    "Invalid OpenAPI input: the document has neither 'openapi' nor 'swagger'",
    {
      line: 1,
    },
  );
}

function startImport(source: SourceDocument, version: OpenApiVersion, options: ImportOptions): ImportContext {
  const report = new Report(source);
  const { root } = source;
  const name =
    root.get("info").get("title").text() || options.filename?.replace(/\.[^.]*$/, "") || "Imported API";
  const definition: ApiDefinition = { ...emptyDefinition({ name, rootId: options.ids() }), models: {} };
  if (options.endpointType) {
    const ipAddressType = options.endpointType === "PRIVATE" ? "dualstack" : "ipv4";
    definition.endpointConfiguration = { types: [options.endpointType], ipAddressType, vpcEndpointIds: [] };
  }
  const models = new ModelRegistry(
    { source, report },
    { apiId: options.apiId ?? "api", version, asAws: options.asAws ?? false },
  );
  models.declareAll(version === "2.0" ? root.get("definitions") : root.get("components").get("schemas"));
  const schemes =
    version === "2.0" ? root.get("securityDefinitions") : root.get("components").get("securitySchemes");
  const security = readSecuritySchemes(schemes, { source, report, ids: options.ids });
  for (const scheme of Object.values(security)) {
    if (scheme.kind === "authorizer") definition.authorizers[scheme.authorizer.id] = scheme.authorizer;
  }
  const base = {
    version,
    source,
    report,
    options: { withoutIntegration: options.asAws ? ("none" as const) : ("mock" as const), ...options },
    definition,
    models,
    security,
    documentation: new Documentation(),
  };
  return { ...base, validatorIds: readRequestValidators(base) };
}
