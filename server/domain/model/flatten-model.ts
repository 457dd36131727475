import type { ApiDefinition } from "../definition";
import { ownEntry } from "../own-entry";

const MODEL_URL = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([A-Za-z0-9]+)$/;

/**
 * A model whose references to other models lead into its own `definitions`, so that its schema stands alone (AWS's
 * GetModel with `flatten`). A schema that is no JSON object stays as it is.
 */
export function flattenModel<Model extends { name: string; schema: string }>(
  definition: Pick<ApiDefinition, "models">,
  model: Model,
): Model {
  const schema = parseObject(model.schema);
  if (!schema) return model;
  const needed = new Map<string, unknown>();
  const flat = inline(schema, definition, needed) as Record<string, unknown>;
  if (needed.size === 0) return model;
  const own = typeof flat.definitions === "object" && flat.definitions !== null ? flat.definitions : {};
  const definitions = { ...own, ...Object.fromEntries(needed) };
  return { ...model, schema: JSON.stringify({ ...flat, definitions }) };
}

function inline(
  value: unknown,
  definition: Pick<ApiDefinition, "models">,
  needed: Map<string, unknown>,
): unknown {
  if (Array.isArray(value)) return value.map((entry) => inline(entry, definition, needed));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      const name = key === "$ref" && typeof entry === "string" ? MODEL_URL.exec(entry)?.[1] : undefined;
      if (name === undefined) return [key, inline(entry, definition, needed)];
      collect(name, definition, needed);
      return [key, `#/definitions/${name}`];
    }),
  );
}

function collect(
  name: string,
  definition: Pick<ApiDefinition, "models">,
  needed: Map<string, unknown>,
): void {
  if (needed.has(name)) return;
  const schema = parseObject(ownEntry(definition.models, name)?.schema ?? "");
  // Taken before its own references are followed: models may refer to each other.
  needed.set(name, {});
  needed.set(name, inline(schema ?? {}, definition, needed));
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
