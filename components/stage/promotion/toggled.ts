/** A set with one entry more or less. */
export function toggled(chosen: ReadonlySet<string>, entry: string, isOn: boolean): ReadonlySet<string> {
  const next = new Set(chosen);
  if (isOn) next.add(entry);
  else next.delete(entry);
  return next;
}
