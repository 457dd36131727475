import { type ImportContext, resolveReference } from "./import-context";
import { type Cursor, isRecord } from "./source/cursor";

/** Levels of a made-up answer; recursive schemas end here. */
const MAX_DEPTH = 6;
/** Members of a made-up answer, all in all. */
const MAX_MEMBERS = 300;

const BY_FORMAT: Readonly<Record<string, string>> = {
  "date-time": "2024-01-01T00:00:00Z",
  date: "2024-01-01",
  time: "00:00:00Z",
  email: "name@example.com",
  uuid: "00000000-0000-4000-8000-000000000000",
  uri: "https://example.com/",
  url: "https://example.com/",
  hostname: "example.com",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
};

/** A value a schema describes: its own examples and defaults where it has some. Undefined where it says nothing. */
export function sampleOfSchema(context: ImportContext, schema: Cursor): unknown {
  return schema.exists ? sample(context, schema, { depth: 0, members: { left: MAX_MEMBERS } }) : undefined;
}

type Budget = { depth: number; members: { left: number } };

function sample(context: ImportContext, at: Cursor, budget: Budget): unknown {
  const schema = resolveReference(context, at);
  if (!schema || !isRecord(schema.value) || budget.depth > MAX_DEPTH || budget.members.left-- <= 0)
    return undefined;
  const { value } = schema;
  for (const given of [value.example, first(value.examples), value.default, value.const, first(value.enum)]) {
    if (given !== undefined) return given;
  }
  const deeper = { ...budget, depth: budget.depth + 1 };
  const parts = schema.get("allOf").items();
  if (parts.length > 0) {
    const samples = parts.map((part) => sample(context, part, deeper)).filter(isRecord);
    return Object.assign({}, ...samples, sampleObject(context, schema, deeper));
  }
  const choice = schema.get("oneOf").items()[0] ?? schema.get("anyOf").items()[0];
  if (choice) return sample(context, choice, deeper);
  const type = Array.isArray(value.type) ? value.type.find((name) => name !== "null") : value.type;
  return sampleOfType(context, schema, { type, budget: deeper });
}

function sampleOfType(
  context: ImportContext,
  schema: Cursor,
  { type, budget }: { type: unknown; budget: Budget },
): unknown {
  switch (type) {
    case "string":
      return BY_FORMAT[schema.get("format").text() ?? ""] ?? "string";
    case "integer":
    case "number": {
      const minimum = schema.get("minimum").value;
      return typeof minimum === "number" ? minimum : 0;
    }
    case "boolean":
      return true;
    case "null":
      return null;
    case "array": {
      const item = sample(context, schema.get("items"), budget);
      return item === undefined ? [] : [item];
    }
    default:
      return type === "object" || schema.get("properties").exists
        ? sampleObject(context, schema, budget)
        : undefined;
  }
}

function sampleObject(context: ImportContext, schema: Cursor, budget: Budget): Record<string, unknown> {
  const members: [string, unknown][] = [];
  for (const [name, property] of schema.get("properties").entries()) {
    const value = sample(context, property, budget);
    if (value !== undefined) members.push([name, value]);
  }
  return Object.fromEntries(members);
}

const first = (list: unknown): unknown => (Array.isArray(list) ? list[0] : undefined);
