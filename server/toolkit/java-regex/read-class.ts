import { CodeSet } from "./code-set";
import type { PatternReader } from "./pattern-reader";

const MAX_NESTING = 50;

/** A bracket expression, its negation kept apart so that Unicode properties can be negated. */
export interface BracketClass {
  readonly set: CodeSet;
  readonly negated: boolean;
}

/**
 * Reads a bracket expression, the reader standing after its "[": ranges, escapes, nested brackets and
 * intersections (&&). Intersections and nested negations of Unicode properties are not supported.
 *
 * @throws PatternSyntaxError
 */
export function readClass(reader: PatternReader, nesting = 0): BracketClass {
  if (nesting > MAX_NESTING) throw reader.unsupported("Classes nested this deeply are");
  const negated = reader.accept("^");
  let set: CodeSet | undefined;
  let left: CodeSet | undefined;
  for (;;) {
    if (reader.atEnd) throw reader.error("Unclosed character class", reader.pattern.length - 1);
    if (reader.startsWith("&&")) {
      while (reader.accept("&")) if (!reader.startsWith("&")) break;
      left = intersect(reader, left, set ?? new CodeSet([]));
      set = undefined;
      continue;
    }
    if (reader.current === "]" && (set !== undefined || left !== undefined)) {
      reader.pos += 1;
      const own = set ?? (left === undefined ? new CodeSet([]) : undefined);
      return { set: own === undefined ? (left as CodeSet) : intersect(reader, left, own), negated };
    }
    set = (set ?? new CodeSet([])).union(readItem(reader, nesting));
  }
}

function intersect(reader: PatternReader, left: CodeSet | undefined, right: CodeSet): CodeSet {
  if (left === undefined) return right;
  const both = left.intersection(right);
  if (both === undefined) throw reader.unsupported("Intersections of Unicode properties are");
  return both;
}

function readItem(reader: PatternReader, nesting: number): CodeSet {
  if (reader.accept("[")) {
    const nested = readClass(reader, nesting + 1);
    if (!nested.negated) return nested.set;
    const complement = nested.set.complement();
    if (complement === undefined) throw reader.unsupported("Nested negations of Unicode properties are");
    return complement;
  }
  if (reader.startsWith("\\Q")) return readQuoted(reader);
  if (reader.startsWith("\\")) {
    reader.pos += 1;
    const set = reader.readSetEscape();
    if (set !== undefined) return set;
    return readRange(reader, reader.readCharacterEscape());
  }
  return readRange(reader, reader.readCodePoint());
}

function readQuoted(reader: PatternReader): CodeSet {
  const end = reader.pattern.indexOf("\\E", reader.pos);
  const text = reader.pattern.slice(reader.pos + 2, end < 0 ? undefined : end);
  reader.pos = end < 0 ? reader.pattern.length : end + 2;
  return new CodeSet(
    [...text].map((character) => [character.codePointAt(0) ?? 0, character.codePointAt(0) ?? 0]),
  );
}

function readRange(reader: PatternReader, from: number): CodeSet {
  const after = reader.pattern[reader.pos + 1];
  if (reader.current !== "-" || after === undefined || after === "]" || after === "[")
    return CodeSet.of([from, from]);
  const dash = reader.pos;
  reader.pos += 1;
  let to: number;
  if (reader.accept("\\")) {
    const before = reader.pos;
    // "a-\d" is a, a dash, and the digits.
    const set = reader.readSetEscape();
    if (set !== undefined) return set.union(CodeSet.of([from, from], [45, 45]));
    reader.pos = before;
    to = reader.readCharacterEscape();
  } else {
    to = reader.readCodePoint();
  }
  if (to < from) throw reader.error("Illegal character range", dash + 1);
  return CodeSet.of([from, to]);
}
