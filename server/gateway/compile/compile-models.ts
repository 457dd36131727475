import { type Schema, Validator } from "@cfworker/json-schema";
import type { CompileScope, ProblemList } from "./compile-scope";

/** Null if the value fits, else what is wrong, one text each. */
export type ModelCheck = (value: unknown) => string[] | null;

/** How a model names another: `https://apigateway.amazonaws.com/restapis/{id}/models/{name}`. */
const MODEL_REFERENCE = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([A-Za-z0-9]+)$/;
const MODELS_BASE = "https://apigateway.amazonaws.com/restapis/this/models/";

/**
 * A function that makes the check of one model (JSON Schema draft 4). References lead to other models of the
 * API or inside the schema; any other reference is a problem: nothing is fetched.
 */
export function compileModels(
  scope: CompileScope,
): (name: string, problems: ProblemList) => ModelCheck | null {
  return (name, problems) => {
    const schemas = new Map<string, Schema>();
    const root = loadModel(name, scope, problems, schemas);
    if (!root) return null;
    const validator = new Validator(root, "4", true);
    for (const [other, schema] of schemas)
      if (other !== name) validator.addSchema(schema, MODELS_BASE + other);
    return (value) => {
      const result = validator.validate(value);
      return result.valid ? null : result.errors.map((e) => `${e.instanceLocation}: ${e.error}`);
    };
  };
}

function loadModel(
  name: string,
  scope: CompileScope,
  problems: ProblemList,
  loaded: Map<string, Schema>,
): Schema | null {
  const known = loaded.get(name);
  if (known) return known;
  const model = scope.snapshot.models[name];
  if (!model) {
    problems.add(`no model ${name}`);
    return null;
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(model.schema);
  } catch (error) {
    problems.add(`model ${name} is not JSON: ${(error as Error).message}`);
    return null;
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    problems.add(`model ${name} is not a schema object`);
    return null;
  }
  const schema = withoutIdentity(parsed as Schema, MODELS_BASE + name);
  loaded.set(name, schema);
  linkReferences(schema, (reference) => {
    const target = MODEL_REFERENCE.exec(reference)?.[1];
    if (target) {
      loadModel(target, scope, problems, loaded);
      return MODELS_BASE + target;
    }
    if (!reference.startsWith("#")) problems.add(`model ${name} refers to ${reference}; nothing is fetched`);
    return MODELS_BASE + name + reference;
  });
  return schema;
}

function withoutIdentity(schema: Schema, base: string): Schema {
  const { id: _id, $id: _dollarId, $schema: _dialect, ...rest } = schema;
  return { ...rest, id: base };
}

/** Rewrites every `$ref` in place. */
function linkReferences(node: unknown, link: (reference: string) => string): void {
  if (Array.isArray(node)) {
    for (const item of node) linkReferences(item, link);
  } else if (typeof node === "object" && node !== null) {
    const record = node as Record<string, unknown>;
    if (typeof record.$ref === "string") record.$ref = link(record.$ref);
    for (const key in record) {
      // The keyword's values are data; a property may be called so too, and then a schema is there.
      if (key === "enum" && Array.isArray(record[key])) continue;
      linkReferences(record[key], link);
    }
  }
}
