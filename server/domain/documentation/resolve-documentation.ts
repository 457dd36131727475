import type { DocumentationPart } from "@/server/gateway/snapshot/api-snapshot";
import { canonicalJson } from "@/server/toolkit/json-canonical";
import { fullLocation, locationKey, type PartLocation } from "./part-location";
import { partProperties } from "./part-properties";

type Properties = Record<string, unknown>;

/** Types whose parts hold for everything below their path (developer guide, "representation of documentation"). */
const INHERITED = new Set([
  "METHOD",
  "QUERY_PARAMETER",
  "REQUEST_BODY",
  "REQUEST_HEADER",
  "PATH_PARAMETER",
  "RESPONSE",
  "RESPONSE_HEADER",
  "RESPONSE_BODY",
]);

/** Looks up what parts say of an entity, by inheritance where it has no part of its own. */
export class DocumentationLookup {
  readonly #own = new Map<string, Properties>();
  readonly #general = new Map<string, { location: PartLocation; properties: Properties }[]>();

  constructor(parts: readonly DocumentationPart[]) {
    for (const { location: given, properties: text } of parts) {
      const properties = partProperties(text);
      if (!properties) continue;
      const location = fullLocation(given);
      this.#own.set(locationKey(location), properties);
      if (!INHERITED.has(location.type)) continue;
      const key = generalKey(location);
      this.#general.set(key, [...(this.#general.get(key) ?? []), { location, properties }]);
    }
  }

  /**
   * The properties that hold for exactly this entity: its own part's, else those of the most specific part above it.
   * The longer path wins, then a status code over `*`, then a method over `*`.
   */
  of(given: Partial<PartLocation> & { type: string }): Properties {
    return this.#own.get(locationKey(given)) ?? this.inherited(given);
  }

  /** What would hold if the entity had no part of its own. */
  inherited(given: Partial<PartLocation> & { type: string }): Properties {
    const location = fullLocation(given);
    const key = locationKey(location);
    const candidates = (this.#general.get(generalKey(location)) ?? []).filter(
      (part) => locationKey(part.location) !== key && covers(part.location, location),
    );
    candidates.sort((a, b) => specificity(b.location) - specificity(a.location));
    return candidates[0]?.properties ?? {};
  }
}

/** Whether everything in `said` stands in `inherited` as well: saying it again adds nothing. */
export function repeats(said: Readonly<Properties>, inherited: Readonly<Properties>): boolean {
  return Object.entries(said).every(
    ([key, value]) => Object.hasOwn(inherited, key) && canonicalJson(inherited[key]) === canonicalJson(value),
  );
}

const generalKey = ({ type, name }: PartLocation) => JSON.stringify([type, name]);

function covers(general: PartLocation, special: PartLocation): boolean {
  const above = general.path === "/" ? "" : (general.path ?? "");
  const path = special.path ?? "/";
  return (
    (path === above || path.startsWith(`${above}/`)) &&
    (general.method === "*" || general.method === special.method) &&
    (general.statusCode === null || general.statusCode === "*" || general.statusCode === special.statusCode)
  );
}

function specificity({ path, method, statusCode }: PartLocation): number {
  const parts = (path ?? "/").split("/").filter((part) => part !== "").length;
  return parts * 4 + (statusCode === null || statusCode === "*" ? 0 : 2) + (method === "*" ? 0 : 1);
}
