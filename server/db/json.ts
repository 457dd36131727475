import { Prisma } from "./generated/client";

export type StoredJson = Prisma.InputJsonValue;

/** Empties a JSON column: Prisma tells SQL's NULL from JSON's null. */
export const NO_JSON = Prisma.DbNull;

/** A value as PostgreSQL's jsonb can keep it, or null if it holds text that PostgreSQL refuses. */
export function storableJson(value: unknown): StoredJson | null {
  const text = JSON.stringify(value);
  // jsonb knows no NUL character and no half of a surrogate pair (JSON.stringify escapes those halves).
  return REFUSED.test(text) ? null : (JSON.parse(text) as StoredJson);
}

const REFUSED = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f]..)/;
