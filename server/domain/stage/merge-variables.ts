import { ownEntry } from "../own-entry";

type Variables = Readonly<Record<string, string>>;

/**
 * The variables a stage has after somebody read `base` and made `next` of it while it became `stored`: those they added,
 * set or took away are as they want them, all others as they are stored.
 */
export function mergeVariables(stored: Variables, { base, next }: { base: Variables; next: Variables }) {
  // A map: `__proto__` may be a variable's name.
  const merged = new Map(Object.entries(stored));
  for (const name of new Set([...Object.keys(base), ...Object.keys(next)])) {
    const value = ownEntry(next, name);
    if (value === ownEntry(base, name)) continue;
    if (value === undefined) merged.delete(name);
    else merged.set(name, value);
  }
  return Object.fromEntries(merged);
}
