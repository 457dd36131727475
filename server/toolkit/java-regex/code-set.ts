const LAST_CODE_POINT = 0x10ffff;

/** First and last code point, both included. */
export type CodeRange = readonly [number, number];

/** A set of code points: ranges, and Unicode properties that stay names ("\p{L}"). */
export class CodeSet {
  constructor(
    readonly ranges: readonly CodeRange[],
    readonly properties: readonly string[] = [],
  ) {}

  static of(...ranges: CodeRange[]): CodeSet {
    return new CodeSet(ranges);
  }

  union(other: CodeSet): CodeSet {
    return new CodeSet([...this.ranges, ...other.ranges], [...this.properties, ...other.properties]);
  }

  /** undefined when the set holds a Unicode property, whose code points are not known here. */
  complement(): CodeSet | undefined {
    if (this.properties.length > 0) return undefined;
    const gaps: CodeRange[] = [];
    let next = 0;
    for (const [from, to] of normalise(this.ranges)) {
      if (from > next) gaps.push([next, from - 1]);
      next = to + 1;
    }
    if (next <= LAST_CODE_POINT) gaps.push([next, LAST_CODE_POINT]);
    return new CodeSet(gaps);
  }

  /** undefined as for complement. */
  intersection(other: CodeSet): CodeSet | undefined {
    if (this.properties.length > 0 || other.properties.length > 0) return undefined;
    const common: CodeRange[] = [];
    for (const [from, to] of normalise(this.ranges)) {
      for (const [otherFrom, otherTo] of normalise(other.ranges)) {
        const start = Math.max(from, otherFrom);
        const end = Math.min(to, otherTo);
        if (start <= end) common.push([start, end]);
      }
    }
    return new CodeSet(common);
  }

  /** The set as a bracket expression of RE2. */
  toRe2(negated = false): string {
    const ranges = normalise(this.ranges);
    if (ranges.length === 0 && this.properties.length === 0) {
      return negated ? "[\\x{0}-\\x{10ffff}]" : "[^\\x{0}-\\x{10ffff}]";
    }
    const body = ranges.map(([from, to]) => (from === to ? hex(from) : `${hex(from)}-${hex(to)}`)).join("");
    return `[${negated ? "^" : ""}${body}${this.properties.join("")}]`;
  }
}

export function hex(code: number): string {
  return `\\x{${code.toString(16)}}`;
}

function normalise(ranges: readonly CodeRange[]): CodeRange[] {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}
