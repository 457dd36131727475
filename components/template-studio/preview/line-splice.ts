/** `remove` lines from `from` on give way to `lines`. */
export type LineSplice = { from: number; remove: number; lines: string[] };

/** Lines with their line ends, which put together are the text again. An empty text has no lines. */
export function linesOf(text: string): string[] {
  const lines: string[] = [];
  let start = 0;
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
    lines.push(text.slice(start, end + 1));
    start = end + 1;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

/** The one splice that makes `after` of `before`: what stands between the lines they begin and end with alike. */
export function spliceBetween(before: readonly string[], after: readonly string[]): LineSplice {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from++;
  let same = 0;
  while (same < shorter - from && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return { from, remove: before.length - same - from, lines: after.slice(from, after.length - same) };
}
