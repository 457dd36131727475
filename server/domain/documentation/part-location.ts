import type { DocumentationPart } from "@/server/gateway/snapshot/api-snapshot";

export type PartLocation = DocumentationPart["location"];
type Field = Exclude<keyof PartLocation, "type">;
type LocationRule = { readonly fields: readonly Field[]; readonly required: readonly Field[] };

const rule = (fields: string, required = ""): LocationRule => ({
  fields: fields.split(" ").filter(Boolean) as Field[],
  required: required.split(" ").filter(Boolean) as Field[],
});

/** What a location of each type may and must say (API reference, DocumentationPartLocation). */
export const PART_TYPES: Readonly<Record<string, LocationRule>> = {
  API: rule(""),
  AUTHORIZER: rule("name"),
  MODEL: rule("name"),
  RESOURCE: rule("path"),
  METHOD: rule("path method"),
  PATH_PARAMETER: rule("path method name", "name"),
  QUERY_PARAMETER: rule("path method name", "name"),
  REQUEST_HEADER: rule("path method name", "name"),
  REQUEST_BODY: rule("path method"),
  RESPONSE: rule("path method statusCode"),
  RESPONSE_HEADER: rule("path method statusCode name", "name"),
  RESPONSE_BODY: rule("path method statusCode"),
};

const DEFAULTS: Readonly<Partial<Record<Field, string>>> = { path: "/", method: "*", statusCode: "*" };

/** A location with every field it may have: what is not said is `/` for the path and `*` for method and status. */
export function fullLocation(given: Partial<PartLocation> & { type: string }): PartLocation {
  const location: PartLocation = { type: given.type, path: null, method: null, statusCode: null, name: null };
  const allowed = Object.hasOwn(PART_TYPES, given.type) ? PART_TYPES[given.type]?.fields : undefined;
  for (const field of ["path", "method", "statusCode", "name"] as const) {
    location[field] = given[field] ?? (allowed?.includes(field) ? (DEFAULTS[field] ?? null) : null);
  }
  return location;
}

/** The same text for locations that mean the same. */
export function locationKey(given: Partial<PartLocation> & { type: string }): string {
  const { type, path, method, statusCode, name } = fullLocation(given);
  return JSON.stringify([type, path, method, statusCode, name]);
}

/** `RESPONSE of GET /pets 200`, for labels. */
export function locationLabel(given: PartLocation): string {
  const { type, path, method, statusCode, name } = fullLocation(given);
  const place = [method, path, statusCode, name].filter((part) => part !== null).join(" ");
  return place === "" ? type : `${type} of ${place}`;
}

/** Why a location cannot be one; null when it can. */
export function locationFault(location: PartLocation): string | null {
  const known = Object.hasOwn(PART_TYPES, location.type) ? PART_TYPES[location.type] : undefined;
  if (!known)
    return `Invalid documentation part type specified: ${location.type}. Must be one of: [${Object.keys(PART_TYPES).join(", ")}]`;
  for (const field of ["path", "method", "statusCode", "name"] as const) {
    if (location[field] !== null && !known.fields.includes(field))
      return `Invalid location: '${field}' is not a valid field for type ${location.type}`;
    if (!location[field] && known.required.includes(field))
      return `Invalid location: '${field}' is required for type ${location.type}`;
  }
  if (location.path !== null && !location.path.startsWith("/"))
    return "Invalid location: a path begins with /";
  if (location.statusCode !== null && !/^(\*|[1-5]\d\d)$/.test(location.statusCode))
    return "Invalid location: a status code has three digits, or is *";
  return null;
}
