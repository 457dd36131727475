/** A record's own member. A plain look-up of `constructor` would find what every object inherits. */
export function ownEntry<T>(record: Readonly<Record<string, T>>, key: string): T | undefined;
export function ownEntry<K extends string, T>(
  record: Readonly<Partial<Record<K, T>>>,
  key: string,
): T | undefined;
export function ownEntry<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
