import { ENUMS, STRUCTURES } from "./shapes";

export type MemberType =
  | { readonly kind: "string" | "boolean" | "integer" | "double" | "blob" }
  | { readonly kind: "enum"; readonly values: readonly string[] }
  | { readonly kind: "list" | "map"; readonly of: MemberType }
  | { readonly kind: "structure"; readonly members: readonly Member[] };

export type Member = {
  readonly name: string;
  /** Its name on the wire. */
  readonly wireName: string;
  /** Where it travels; `payload` is the whole body. */
  readonly place: "body" | "query" | "header" | "payload";
  readonly isRequired: boolean;
  readonly type: MemberType;
};

const SCALARS: Readonly<Record<string, MemberType>> = {
  "": { kind: "string" },
  string: { kind: "string" },
  bool: { kind: "boolean" },
  int: { kind: "integer" },
  dbl: { kind: "double" },
  blob: { kind: "blob" },
};

/**
 * Reads a list of members: names separated by commas, `*` after a name for a required one, `?` or `#` before it for one
 * of the query or of a header, `=name` after it for another name on the wire, and `:type` after it: `int`, `dbl`, `bool`, `blob`, `[type]` a list, `{type}` a map,
 * or the name of an enumeration or structure of `shapes.ts`; nothing is a string.
 */
export function parseMembers(notation: string): Member[] {
  if (notation.trim() === "") return [];
  return notation.split(",").map((part) => {
    const match = /^\s*([?#]?)([\w-]+)(\*?)(?:=([\w-]+))?(?::(.*))?\s*$/.exec(part);
    if (!match) throw new Error(`"${part}" is no member`);
    const [, place, name, required, wireName, type = ""] = match;
    return {
      name: name as string,
      wireName: wireName ?? (name as string),
      place: place === "?" ? "query" : place === "#" ? "header" : type === "blob" ? "payload" : "body",
      isRequired: required === "*",
      type: parseType(type.trim()),
    };
  });
}

function parseType(text: string): MemberType {
  const scalar = SCALARS[text];
  if (scalar) return scalar;
  const nested = /^(\[(.*)\]|\{(.*)\})$/.exec(text);
  if (nested) {
    return nested[2] !== undefined
      ? { kind: "list", of: parseType(nested[2]) }
      : { kind: "map", of: parseType(nested[3] ?? "") };
  }
  const values = ENUMS[text];
  if (values) return { kind: "enum", values };
  const members = STRUCTURES[text];
  if (members === undefined) throw new Error(`There is no shape ${text}`);
  return { kind: "structure", members: parseMembers(members) };
}
