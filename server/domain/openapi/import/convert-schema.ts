import { modelUrl } from "@/server/domain/model/model-references";
import { Cursor, isRecord, type JsonRecord } from "./source/cursor";

/** What the conversion of one model's schema needs from outside and finds out. */
export type SchemaConversion = {
  readonly apiId: string;
  /** In 3.1, keywords beside a `$ref` count; before, they are ignored. */
  readonly siblingsCount: boolean;
  /** The model a pointer of the source belongs to, when it is one of the document's named schemas. */
  readonly modelAt: (pointer: string) => string | undefined;
  /** Follows a `$ref`; reports and gives null where it leads out of the document or nowhere. */
  readonly resolve: (at: Cursor) => Cursor | null;
  readonly dropped: Set<string>;
  readonly translated: Set<string>;
  /** Schemas that may still be copied in place of references, in the whole import: copies of copies grow fast. */
  readonly copies: { left: number };
};

/** References followed inside references; a chain this long is made to grow. */
const MAX_TRAIL = 20;

const KEPT = new Set(
  "$schema title description default format type enum multipleOf maximum minimum maxLength minLength pattern maxItems minItems uniqueItems maxProperties minProperties additionalItems".split(
    " ",
  ),
);
const ONE = new Set(["items", "additionalProperties", "additionalItems", "not"]);
const LISTS = new Set(["allOf", "anyOf", "oneOf"]);
const MAPS = new Set(["properties", "patternProperties", "definitions"]);

/**
 * An OpenAPI schema (2.0, 3.0 or 3.1) as JSON Schema draft 4, the language of API Gateway's models. References to
 * the document's named schemas become references to models; others are replaced by what they lead to.
 */
export function convertSchema(
  at: Cursor,
  conversion: SchemaConversion,
  trail: readonly string[] = [],
): unknown {
  if (at.value === true) return {};
  if (at.value === false) return { not: {} };
  if (!isRecord(at.value)) {
    conversion.dropped.add("a schema that is not an object");
    return {};
  }
  if (typeof at.value.$ref === "string") return convertReference(at, conversion, trail);
  // The trail begins with the model's own place; whatever is longer is a copy.
  if (trail.length > 1) conversion.copies.left--;
  const schema: Record<string, unknown> = {};
  for (const [key, member] of at.entries()) convertKeyword(key, member, { schema, conversion, trail });
  applyNullable(at.value, schema, conversion);
  applyExclusive(at.value, schema, conversion);
  return schema;
}

function convertReference(at: Cursor, conversion: SchemaConversion, trail: readonly string[]): unknown {
  const { $ref, ...siblings } = at.value as JsonRecord & { $ref: string };
  const target = $ref.startsWith("#") ? conversion.resolve(new Cursor({ $ref }, at.pointer)) : null;
  const name = conversion.modelAt($ref.slice(1)) ?? (target && conversion.modelAt(target.pointer));
  let base: unknown;
  if (name) base = { $ref: modelUrl(conversion.apiId, name) };
  else if (!target) base = $ref.startsWith("#") ? {} : external(at, conversion);
  else if (trail.includes(target.pointer) || trail.length > MAX_TRAIL || conversion.copies.left <= 0) {
    conversion.dropped.add("a reference that leads in a circle");
    base = {};
  } else {
    conversion.translated.add(`${$ref} (copied in)`);
    base = convertSchema(target, conversion, [...trail, target.pointer]);
  }
  if (Object.keys(siblings).length === 0) return base;
  const rest = conversion.siblingsCount
    ? (convertSchema(new Cursor(siblings, at.pointer), conversion, trail) as JsonRecord)
    : {};
  const validating = Object.keys(rest).filter((key) => !["title", "description", "default"].includes(key));
  if (validating.length === 0) return base;
  conversion.translated.add("keywords beside a $ref (allOf)");
  return { allOf: [base, rest] };
}

function external(at: Cursor, conversion: SchemaConversion): unknown {
  conversion.resolve(at);
  return {};
}

type Into = { schema: Record<string, unknown>; conversion: SchemaConversion; trail: readonly string[] };

function convertKeyword(key: string, member: Cursor, into: Into): void {
  const { schema, conversion, trail } = into;
  const { value } = member;
  const convert = (at: Cursor) => convertSchema(at, conversion, trail);
  if (ONE.has(key)) {
    if (Array.isArray(value)) schema[key] = member.items().map(convert);
    else
      schema[key] = typeof value === "boolean" && key !== "items" && key !== "not" ? value : convert(member);
  } else if (LISTS.has(key)) schema[key] = member.items().map(convert);
  else if (MAPS.has(key)) schema[key] = convertMap(member, convert);
  else if (key === "required") {
    if (Array.isArray(value)) schema.required = [...new Set(member.texts())].sort();
    else conversion.dropped.add("required (not a list)");
  } else if (KEPT.has(key)) schema[key] = value;
  else if (key === "exclusiveMinimum" || key === "exclusiveMaximum") {
    if (typeof value === "boolean") schema[key] = value;
  } else convertNewKeyword(key, member, into);
}

/** Keywords younger than draft 4 that it can say in another way; the rest takes no part in its validation. */
function convertNewKeyword(key: string, member: Cursor, { schema, conversion, trail }: Into): void {
  const convert = (at: Cursor) => convertSchema(at, conversion, trail);
  switch (key) {
    case "const":
      schema.enum = [member.value];
      break;
    case "prefixItems":
      schema.items = member.items().map(convert);
      break;
    case "$defs":
      schema.definitions = {
        ...(schema.definitions as JsonRecord | undefined),
        ...convertMap(member, convert),
      };
      break;
    case "dependentRequired":
      schema.dependencies = {
        ...(schema.dependencies as JsonRecord | undefined),
        ...(member.value as JsonRecord),
      };
      break;
    case "dependentSchemas":
    case "dependencies":
      schema.dependencies = {
        ...(schema.dependencies as JsonRecord | undefined),
        ...convertMap(member, (at) => (Array.isArray(at.value) ? at.value : convert(at))),
      };
      if (key === "dependencies") return;
      break;
    case "nullable":
      return;
    default:
      conversion.dropped.add(key);
      return;
  }
  conversion.translated.add(key);
}

function convertMap(map: Cursor, convert: (at: Cursor) => unknown): Record<string, unknown> {
  return Object.fromEntries(map.entries().map(([name, member]) => [name, convert(member)]));
}

function applyNullable(
  source: JsonRecord,
  schema: Record<string, unknown>,
  conversion: SchemaConversion,
): void {
  if (source.nullable !== true) return;
  if (typeof schema.type !== "string") {
    conversion.dropped.add("nullable (without a type)");
    return;
  }
  conversion.translated.add("nullable");
  schema.type = [schema.type, "null"];
  if (Array.isArray(schema.enum) && !schema.enum.includes(null)) schema.enum = [...schema.enum, null];
}

/** From draft 6 on the exclusive bound is a number of its own; in draft 4 it is a flag beside the bound. */
function applyExclusive(
  source: JsonRecord,
  schema: Record<string, unknown>,
  conversion: SchemaConversion,
): void {
  for (const [bound, exclusive, tighter] of [
    ["minimum", "exclusiveMinimum", (a: number, b: number) => a >= b],
    ["maximum", "exclusiveMaximum", (a: number, b: number) => a <= b],
  ] as const) {
    const limit = source[exclusive];
    if (typeof limit !== "number") continue;
    conversion.translated.add(exclusive);
    const inclusive = schema[bound];
    if (typeof inclusive === "number" && !tighter(limit, inclusive)) continue;
    schema[bound] = limit;
    schema[exclusive] = true;
  }
}
