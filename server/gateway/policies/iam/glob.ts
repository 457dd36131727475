/** Whether a text matches a pattern with `*` (any characters) and `?` (one). Takes at most |pattern| × |text| steps. */
export function matchesGlob(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    const wanted = pattern[p];
    if (wanted === "*") {
      star = p++;
      mark = t;
    } else if (wanted !== undefined && (wanted === "?" || wanted === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

/** As matchesGlob for ARNs in conditions: each of the six parts between colons by itself. */
export function matchesArn(pattern: string, arn: string): boolean {
  const wanted = sixParts(pattern);
  const given = sixParts(arn);
  return given.length === 6 && wanted.every((part, i) => matchesGlob(part, given[i] ?? ""));
}

function sixParts(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}
