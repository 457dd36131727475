/**
 * Compares a value with a recorded one in which tokens stand for what differs from run to run. A numbered token is
 * the same value wherever it occurs. Gives the paths that differ.
 */
export function maskedDifferences(
  has: unknown,
  wants: unknown,
  { masks, path = "" }: { masks: ReadonlySet<string>; path?: string },
): string[] {
  const seen = new Map<string, unknown>();
  const found: string[] = [];
  const compare = (a: unknown, b: unknown, at: string): void => {
    if (typeof b === "string" && masks.has(b)) {
      if (/:\d+>$/.test(b)) {
        if (seen.has(b) && seen.get(b) !== a) found.push(`${at}: ${b} is not the same everywhere`);
        seen.set(b, a);
      }
      if (a === undefined || a === null) found.push(`${at} is missing`);
      return;
    }
    if (typeof b !== "object" || b === null) {
      if (a !== b) found.push(`${at}: ${JSON.stringify(a)} instead of ${JSON.stringify(b)}`);
      return;
    }
    if (typeof a !== "object" || a === null || Array.isArray(a) !== Array.isArray(b)) {
      found.push(`${at}: ${JSON.stringify(a)} instead of ${JSON.stringify(b)}`);
      return;
    }
    const given = a as Record<string, unknown>;
    const wanted = b as Record<string, unknown>;
    for (const key of new Set([...Object.keys(given), ...Object.keys(wanted)])) {
      if (!Object.hasOwn(wanted, key)) found.push(`${at}.${key} should not be there`);
      else compare(given[key], wanted[key], `${at}.${key}`);
    }
  };
  compare(has, wants, path);
  return found;
}
