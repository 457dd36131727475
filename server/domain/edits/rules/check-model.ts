import { EditError } from "@/server/domain/errors";
import type { Model } from "@/server/gateway/snapshot/api-snapshot";

/** Words of a JSON Schema that say something of a value; a schema with none of them describes nothing. */
const MEANINGFUL = ["type", "properties", "items", "enum", "$ref", "allOf", "anyOf", "oneOf", "not"];

/**
 * AWS's rules for a model: an alphanumeric name, and a schema that is a JSON object and describes something.
 *
 * @throws EditError
 */
export function checkModel(model: Pick<Model, "name" | "schema" | "contentType">): void {
  const path = ["models", model.name];
  if (model.name === "") throw new EditError("BAD_REQUEST", "Model name must be non-empty", path);
  if (!/^[a-zA-Z0-9]+$/.test(model.name)) {
    throw new EditError("BAD_REQUEST", `Model name must be alphanumeric: ${model.name}`, path);
  }
  const fault = modelSchemaFault(model);
  if (fault) throw new EditError("BAD_REQUEST", fault, [...path, "schema"]);
}

/** What is wrong with a model's schema text; null when nothing is. Models that are not JSON are not looked into. */
export function modelSchemaFault(model: Pick<Model, "schema" | "contentType">): string | null {
  const empty = "Model schema must have at least 1 property or array items defined";
  if (model.schema.trim() === "") return empty;
  if (!/json/i.test(model.contentType)) return null;
  let schema: unknown;
  try {
    schema = JSON.parse(model.schema);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified: ${why}]`;
  }
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) {
    return "Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified: it is not an object]";
  }
  return MEANINGFUL.some((word) => Object.hasOwn(schema, word)) ? null : empty;
}
