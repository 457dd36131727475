import type { OverrideValue, VtlOverrides } from "@/server/vtl";

/** What templates have stored below `$context.requestOverride` and `$context.responseOverride` so far. */
export type Overrides = VtlOverrides;

export const NO_OVERRIDES: Overrides = Object.freeze({});

/** Adds what one render stored; later values win, the rest is kept (the response template sees them all). */
export function mergeOverrides(before: Overrides, added: VtlOverrides): Overrides {
  if (!added.requestOverride && !added.responseOverride) return before;
  if (before === NO_OVERRIDES) return added;
  return {
    requestOverride: mergeGroup(before.requestOverride, added.requestOverride),
    responseOverride: mergeGroup(before.responseOverride, added.responseOverride),
  };
}

type Group = Record<string, OverrideValue | undefined>;

function mergeGroup<T extends object>(before: T | undefined, added: T | undefined): T | undefined {
  if (!before || !added) return added ?? before;
  const merged: Group = { ...(before as Group) };
  for (const [name, value] of Object.entries(added as Group)) {
    const old = merged[name];
    merged[name] = isRecord(old) && isRecord(value) ? { ...old, ...value } : value;
  }
  return merged as T;
}

function isRecord(value: unknown): value is Record<string, OverrideValue> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The values of one override as strings: a list is one per entry, an absent or null value none. */
export function overrideTexts(value: OverrideValue | undefined): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(overrideTexts);
  return [typeof value === "object" ? JSON.stringify(value) : String(value)];
}
