import { AwsError } from "./aws-error";
import type { Member, MemberType } from "./member-notation";
import type { RoutedOperation } from "./route-operation";

/** The members of a request by their names on the wire. Absent and null ones are left out. */
export type Input = Readonly<Record<string, unknown>>;

type Request = { query: URLSearchParams; headers: Headers; body: string };

/** Takes a request apart as REST-JSON has it. Throws SerializationException where JSON has the wrong type. */
export function readInput({ operation, params }: RoutedOperation, request: Request): Input {
  const input: Record<string, unknown> = { ...params };
  const { members } = operation;
  const json = members.some((member) => member.place === "body") ? readJson(request.body) : {};
  const bound = new Set([...Object.keys(operation.fixedQuery), ...namesIn(members, "query")]);
  for (const member of members) {
    const value = memberValue(member, { ...request, json, bound });
    if (value !== undefined && value !== null) input[member.name] = value;
  }
  return input;
}

function memberValue(
  { wireName: name, place, type }: Member,
  { query, headers, body, json, bound }: Request & { json: Record<string, unknown>; bound: Set<string> },
): unknown {
  switch (place) {
    case "payload":
      return body;
    case "header":
      return headers.get(name) ?? undefined;
    case "body":
      return Object.hasOwn(json, name) ? coerce(json[name], type) : undefined;
    case "query":
      if (type.kind === "list") return query.has(name) ? query.getAll(name) : undefined;
      // A map in the query is every parameter that is nothing else.
      if (type.kind === "map") return Object.fromEntries([...query].filter(([key]) => !bound.has(key)));
      return fromText(query.get(name), type);
  }
}

function fromText(text: string | null, type: MemberType): unknown {
  if (text === null) return undefined;
  if (type.kind === "boolean") return text.toLowerCase() === "true";
  if (type.kind !== "integer" && type.kind !== "double") return text;
  const value = Number(text);
  if (text.trim() === "" || Number.isNaN(value))
    throw serialization(`${text} can not be converted to an Integer`);
  return value;
}

function readJson(body: string): Record<string, unknown> {
  if (body.trim() === "") return {};
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw serialization("Could not parse request body into json");
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw serialization("Unexpected value found where a structure was expected");
  }
  return json as Record<string, unknown>;
}

const JAVA_NAMES = {
  string: "String",
  enum: "String",
  blob: "String",
  boolean: "Boolean",
  integer: "Integer",
  double: "Double",
} as const;

/** A JSON value as its member's type. Null stands for absent, but is kept in maps, where it means something. */
function coerce(value: unknown, type: MemberType): unknown {
  if (value === null) return null;
  switch (type.kind) {
    case "list":
      if (!Array.isArray(value)) throw unexpected(value, "list");
      return value.map((entry) => coerce(entry, type.of));
    case "map":
      return mapValues(asObject(value, "map"), (entry) => coerce(entry, type.of));
    case "structure": {
      const object = asObject(value, "structure");
      const known = type.members.filter(({ name }) => Object.hasOwn(object, name) && object[name] !== null);
      return Object.fromEntries(
        known.map((member) => [member.name, coerce(object[member.name], member.type)]),
      );
    }
    case "boolean":
      return scalar(value, "boolean", type.kind);
    case "integer":
    case "double":
      return scalar(value, "number", type.kind);
    default:
      return scalar(value, "string", type.kind);
  }
}

function scalar(value: unknown, wanted: string, kind: keyof typeof JAVA_NAMES): unknown {
  if (typeof value === "object") throw unexpected(value, "scalar");
  if (typeof value === wanted) {
    return kind === "integer" ? Math.trunc(value as number) : value;
  }
  throw serialization(`class ${JAVA_CLASSES[typeof value]} can not be converted to an ${JAVA_NAMES[kind]}`);
}

/** The classes of parsed JSON that AWS's messages name. */
const JAVA_CLASSES: Partial<Record<string, string>> = {
  boolean: "java.lang.Boolean",
  number: "com.amazon.coral.value.json.numbers.TruncatingBigNumber",
  string: "java.lang.String",
};

function unexpected(value: unknown, wanted: string): AwsError {
  const isStart = typeof value === "object";
  return serialization(
    isStart && wanted === "scalar"
      ? "Start of structure or map found where not expected."
      : `Unexpected value found where a ${wanted} was expected`,
  );
}

function asObject(value: unknown, wanted: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw unexpected(value, wanted);
}

function mapValues(object: Record<string, unknown>, change: (value: unknown) => unknown) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

function namesIn(members: readonly Member[], place: Member["place"]): string[] {
  return members.filter((member) => member.place === place).map(({ wireName }) => wireName);
}

function serialization(message: string): AwsError {
  return new AwsError("SerializationException", message);
}
