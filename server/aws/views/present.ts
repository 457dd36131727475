/** Null, "" and empty lists and maps are absent in most of AWS's answers. */
export function present<Value>(value: Value): Exclude<Value, null> | undefined {
  if (value === null || value === undefined || value === "") return undefined;
  if (Array.isArray(value)) return value.length > 0 ? (value as Exclude<Value, null>) : undefined;
  if (typeof value === "object" && Object.keys(value as object).length === 0) return undefined;
  return value as Exclude<Value, null>;
}
