import { current, isDraft } from "immer";
import { canonicalJson } from "@/server/toolkit/json-canonical";
import type { ApiDefinition } from "./definition";

/** The draft as a plain value, cheap to read at length. */
export const snapshotOf = (draft: ApiDefinition): ApiDefinition => (isDraft(draft) ? current(draft) : draft);

/**
 * Makes `draft` (an immer draft) equal to `next`, touching only entries that differ, so that the patches of a
 * re-import say what changed and no more.
 */
export function replaceContent(draft: ApiDefinition, next: ApiDefinition): void {
  const target = draft as Record<string, unknown>;
  const before = snapshotOf(draft) as Record<string, unknown>;
  for (const [field, value] of Object.entries(next)) {
    const known = before[field];
    if (sameJson(known, value)) continue;
    if (isRecord(value) && isRecord(known))
      replaceEntries(target[field] as Record<string, unknown>, known, value);
    else target[field] = value;
  }
}

type Entries = Record<string, unknown>;

function replaceEntries(target: Entries, before: Entries, next: Entries): void {
  for (const key of Object.keys(before)) if (!Object.hasOwn(next, key)) delete target[key];
  for (const [key, value] of Object.entries(next)) {
    if (!Object.hasOwn(before, key) || !sameJson(before[key], value)) target[key] = value;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const sameJson = (a: unknown, b: unknown) => a !== undefined && canonicalJson(a) === canonicalJson(b);
