/** `count` or `-count` of an address: by what, and whether the greatest comes first. */
export function sortOf<K extends string>(text: string | null, columns: readonly K[], fallback: `-${K}` | K) {
  const read = (of: string) => {
    const column = columns.find((one) => one === of.replace(/^-/, ""));
    return column === undefined ? null : { column, isDescending: of.startsWith("-") };
  };
  return read(text ?? "") ?? (read(fallback) as { column: K; isDescending: boolean });
}

/** Sorted by a value; rows without one come last, whichever way. Equal ones stay as they were. */
export function sortRows<T>(
  rows: readonly T[],
  value: (row: T) => number | string | null,
  isDescending: boolean,
): T[] {
  const order = (a: number | string, b: number | string) =>
    typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b));
  return [...rows].sort((one, other) => {
    const [a, b] = [value(one), value(other)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return isDescending ? order(b, a) : order(a, b);
  });
}
