import { modelNameOf, modelReferences } from "@/server/domain/model/model-references";
import { ownEntry } from "@/server/domain/own-entry";
import type { Model } from "@/server/gateway/snapshot/api-snapshot";
import type { ExportContext, JsonObject } from "./export-openapi";

/** Members whose values are data, not schemas. */
const DATA = new Set(["enum", "default", "required"]);
/** Members that are maps of schemas: their keys are names, whatever they are. */
const MAPS = new Set(["properties", "patternProperties", "definitions", "dependencies"]);

/** Where the document keeps its schemas. */
export const schemaReference = ({ options }: Pick<ExportContext, "options">, name: string) => ({
  $ref: `${options.format === "oas30" ? "#/components/schemas" : "#/definitions"}/${name}`,
});

/** Every model as a schema, its references to models rewritten into references inside the document. */
export function exportSchemas(context: ExportContext): JsonObject {
  const schemas: [string, unknown][] = [];
  for (const model of exportedModels(context)) {
    const parsed = parse(model.schema);
    if (parsed === undefined) continue;
    const schema = rewrite(parsed, { context, name: model.name });
    const isBare =
      typeof schema === "object" && schema !== null && !("description" in schema) && !("$ref" in schema);
    schemas.push([
      model.name,
      documented(
        context,
        isBare && model.description ? { ...schema, description: model.description } : schema,
        model,
      ),
    ]);
  }
  schemas.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(schemas);
}

/** All models; AWS exports those that methods use, with those that they refer to, and only of JSON. */
function exportedModels({ definition, choice }: ExportContext): Model[] {
  const models = Object.values(definition.models);
  if (!choice.asAws) return models;
  const used = new Set<string>();
  const open = Object.values(definition.resources).flatMap(({ resourceMethods }) =>
    Object.values(resourceMethods).flatMap((method) => [
      ...Object.values(method.requestModels),
      ...Object.values(method.methodResponses).flatMap(({ responseModels }) => Object.values(responseModels)),
    ]),
  );
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const model = ownEntry(definition.models, name);
    if (!model || used.has(name)) continue;
    used.add(name);
    open.push(...modelReferences(model.schema));
  }
  return models.filter(({ name, contentType }) => used.has(name) && contentType === "application/json");
}

/** As AWS writes it: what the model's documentation part says counts more, and `$schema` is no part of OpenAPI. */
function documented({ choice, documentation }: ExportContext, schema: unknown, { name }: Model): unknown {
  if (!choice.asAws || typeof schema !== "object" || schema === null || "$ref" in schema) return schema;
  const { $schema: _draft, ...rest } = schema as JsonObject;
  return {
    ...rest,
    ...documentation.take({ type: "MODEL", name }, ["title", "description", "externalDocs"]),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Rewriting = { context: ExportContext; name: string };

function rewrite(value: unknown, rewriting: Rewriting): unknown {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, rewriting));
  if (typeof value !== "object" || value === null) return value;
  const schema: JsonObject = {};
  for (const [key, member] of Object.entries(value)) {
    if (key === "$ref" && typeof member === "string") schema.$ref = reference(member, rewriting);
    else if (MAPS.has(key)) schema[key] = rewriteMap(member, rewriting);
    else schema[key] = DATA.has(key) ? member : rewrite(member, rewriting);
  }
  return rewriting.context.options.format === "oas30" ? withNullable(schema) : schema;
}

function rewriteMap(map: unknown, rewriting: Rewriting): unknown {
  if (typeof map !== "object" || map === null) return map;
  return Object.fromEntries(Object.entries(map).map(([name, schema]) => [name, rewrite(schema, rewriting)]));
}

function reference(ref: string, { context, name }: Rewriting): string {
  const model = modelNameOf(ref);
  if (model) return schemaReference(context, model).$ref;
  // Inside a model, `#` is the model itself; inside the document, it is the document.
  return ref.startsWith("#") ? `${schemaReference(context, name).$ref}${ref.slice(1)}` : ref;
}

/** OpenAPI 3.0 has one type and says `nullable`; draft 4 has the type `null`. */
function withNullable(schema: JsonObject): JsonObject {
  const { type } = schema;
  if (!Array.isArray(type) || type.length !== 2 || type[1] !== "null" || typeof type[0] !== "string")
    return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, key === "type" ? type[0] : value]);
  return { ...Object.fromEntries(entries), nullable: true };
}
