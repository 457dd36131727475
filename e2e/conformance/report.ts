export type CaseResult = { id: string; area: string; differences: string[] };

/** Prints figures by area and each failure with what differs. Returns the ids of cases that fail and should not. */
export function report(results: readonly CaseResult[], known: ReadonlySet<string>): string[] {
  const failed = results.filter(({ differences }) => differences.length > 0);
  for (const { id, differences } of failed) {
    console.log(`\n✗ ${id}${known.has(id) ? " (known)" : ""}`);
    for (const difference of differences.slice(0, 12)) console.log(`    ${difference}`);
    if (differences.length > 12) console.log(`    … and ${differences.length - 12} more`);
  }
  console.log("");
  for (const area of [...new Set(results.map((result) => result.area))].sort()) {
    const cases = results.filter((result) => result.area === area);
    const passed = cases.filter(({ differences }) => differences.length === 0).length;
    console.log(`${String(passed).padStart(4)} of ${String(cases.length).padStart(3)}  ${area}`);
  }
  const total = results.length - failed.length;
  console.log(`${String(total).padStart(4)} of ${String(results.length).padStart(3)}  all`);
  const mended = [...known].filter((id) =>
    results.some((result) => result.id === id && result.differences.length === 0),
  );
  if (mended.length > 0)
    console.log(`\nNo longer failing, take them off the list:\n  ${mended.join("\n  ")}`);
  return failed.map(({ id }) => id).filter((id) => !known.has(id));
}
