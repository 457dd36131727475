import type { JsonObject } from "@/server/domain/openapi/export/export-openapi";

/** A part's properties as an object; null for a text that is none. */
export function partProperties(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : null;
  } catch {
    return null;
  }
}
