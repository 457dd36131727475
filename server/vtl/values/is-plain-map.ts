import { JsonObject } from "@/server/toolkit/json/json-object";

/** A map as templates and payloads have them: not `$context`, nor `$foreach`, which compute what they hold. */
export function isPlainMap(value: unknown): value is Map<unknown, unknown> {
  return value instanceof JsonObject || (value instanceof Map && value.constructor === Map);
}
