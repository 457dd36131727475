import { RE2JS } from "re2js";
import { LruCache } from "../lru";
import { JavaRegexError, PatternSyntaxError } from "./java-regex-error";
import { expandReplacement, parseReplacement, type RegexMatch } from "./replacement";
import { type TranslatedPattern, translatePattern } from "./translate-pattern";

export { JavaRegexError, PatternSyntaxError };

const CACHED_PATTERNS = 500;
const LONGEST_CACHED = 500;

/** A compiled pattern with the operations of java.lang.String. Every one runs in linear time. */
export interface JavaRegex {
  /** the whole text matches */
  matches(text: string): boolean;
  /** some part of the text matches */
  find(text: string): boolean;
  /**
   * @param onMatch told at each match how long the result is so far; it may throw
   * @throws JavaRegexError for a bad replacement, but (as in Java) only when something matches
   */
  replaceAll(text: string, replacement: string, onMatch?: OnMatch): string;
  /** @throws JavaRegexError as replaceAll */
  replaceFirst(text: string, replacement: string): string;
  /** String.split: limit 0 drops empty parts at the end, a negative one keeps them */
  split(text: string, limit?: number, onMatch?: OnMatch): string[];
  /**
   * How much work one search of a text of that length is, beyond looking at the text once: 0 for most patterns, more
   * for those with large counted repetitions. A unit is about a microsecond.
   */
  cost(textLength: number): number;
}

type OnMatch = (length: number) => void;
const ignored: OnMatch = () => {};

/** Patterns that stand for more than this many characters, repetitions written out, are refused. */
const LARGEST_PATTERN = 100_000;
/** Larger ones are compiled each time, so that the cache stays small. */
const LARGEST_CACHED = 2000;
/** A search of a text costs one unit for this many characters times characters of the pattern. */
const WORK_PER_UNIT = 512;

const cache = new LruCache<string, JavaRegex>(CACHED_PATTERNS);

/**
 * Compiles a pattern of java.util.regex.
 *
 * @param flags inline flags that hold from the start: "i", "s", "m", "x", "d"
 * @throws PatternSyntaxError with Java's text; also for what needs backtracking (backreferences,
 * lookaround, possessive quantifiers, atomic groups)
 */
export function compileJavaRegex(pattern: string, flags = ""): JavaRegex {
  const key = `${flags}/${pattern}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const size = sizeOf(pattern);
  if (size > LARGEST_PATTERN) throw new PatternSyntaxError("Pattern too large", 0, pattern);
  const translated = translatePattern(pattern, flags);
  const search = searchFor(pattern, translated);
  const regex = new CompiledRegex(search, translated, size);
  if (pattern.length <= LONGEST_CACHED && size <= LARGEST_CACHED) cache.set(key, regex);
  return regex;
}

/** At most how many characters a pattern stands for when its repetitions are written out. */
function sizeOf(pattern: string): number {
  let most = 1;
  for (const [, from = "", to = ""] of pattern.matchAll(/\{(\d{1,9})(?:,(\d{0,9}))?\}/g)) {
    most = Math.max(most, Number(from), Number(to));
  }
  // The engine itself refuses nested repetitions whose product is above a thousand.
  return pattern.length * Math.min(most, 1000);
}

/** Where a pattern matches. */
interface Search {
  /** needs none of the engine's work */
  readonly isNative: boolean;
  matches(text: string): boolean;
  /** The first match that starts at from or later. */
  next(text: string, from: number): RegexMatch | undefined;
}

class CompiledRegex implements JavaRegex {
  constructor(
    private readonly search: Search,
    private readonly translated: TranslatedPattern,
    private readonly size: number,
  ) {}

  cost(textLength: number): number {
    if (this.search.isNative || this.size < WORK_PER_UNIT) return 0;
    // The pattern may have to be compiled as well.
    return Math.floor((this.size / WORK_PER_UNIT) * (textLength + 16));
  }

  matches(text: string): boolean {
    return this.search.matches(text);
  }

  find(text: string): boolean {
    return this.search.next(text, 0) !== undefined;
  }

  replaceAll(text: string, replacement: string, onMatch = ignored): string {
    return this.replace(text, replacement, { most: Number.POSITIVE_INFINITY, onMatch });
  }

  replaceFirst(text: string, replacement: string): string {
    return this.replace(text, replacement, { most: 1, onMatch: ignored });
  }

  split(text: string, limit = 0, onMatch = ignored): string[] {
    const parts: string[] = [];
    let from = 0;
    for (const { start, end } of this.all(text)) {
      onMatch(start);
      if (limit > 0 && parts.length >= limit - 1) break;
      // A match of nothing at the very start gives no empty first part.
      if (end === 0) continue;
      parts.push(text.slice(from, start));
      from = end;
    }
    if (from === 0) return [text];
    parts.push(text.slice(from));
    if (limit === 0) while (parts.at(-1) === "") parts.pop();
    return parts;
  }

  private replace(
    text: string,
    replacement: string,
    { most, onMatch }: { most: number; onMatch: OnMatch },
  ): string {
    let parts: ReturnType<typeof parseReplacement> | undefined;
    let out = "";
    let from = 0;
    let count = 0;
    for (const match of this.all(text)) {
      parts ??= parseReplacement(replacement, {
        count: this.translated.groupCount,
        names: this.translated.groupNames,
      });
      out += text.slice(from, match.start) + expandReplacement(parts, match);
      onMatch(out.length);
      from = match.end;
      count += 1;
      if (count >= most) break;
    }
    return from === 0 && out === "" ? text : out + text.slice(from);
  }

  private *all(text: string): Generator<RegexMatch> {
    let from = 0;
    while (from <= text.length) {
      const match = this.search.next(text, from);
      if (match === undefined) return;
      yield match;
      from = match.end > match.start ? match.end : match.end + 1;
    }
  }
}

/** One bracket expression with or without "+": no engine is needed for these to be linear. */
const SINGLE_CLASS = /^\[\^?(?:\\x\{[0-9a-f]+\}(?:-\\x\{[0-9a-f]+\})?)+\]\+?$/;

function searchFor(pattern: string, translated: TranslatedPattern): Search {
  if (translated.literal !== undefined) return literalSearch(translated.literal);
  if (SINGLE_CLASS.test(translated.source)) return classSearch(translated.source.replaceAll("\\x{", "\\u{"));
  return engineSearch(pattern, translated);
}

function classSearch(source: string): Search {
  const anywhere = new RegExp(source, "gu");
  const whole = new RegExp(`^${source}$`, "u");
  return {
    isNative: true,
    matches: (text) => whole.test(text),
    next: (text, from) => {
      anywhere.lastIndex = from;
      const found = anywhere.exec(text);
      if (found === null) return undefined;
      const match = found[0];
      return { start: found.index, end: found.index + match.length, group: () => match };
    },
  };
}

function literalSearch(literal: string): Search {
  return {
    isNative: true,
    matches: (text) => text === literal,
    next: (text, from) => {
      const start = text.indexOf(literal, from);
      if (start < 0) return undefined;
      return { start, end: start + literal.length, group: () => literal };
    },
  };
}

function engineSearch(pattern: string, translated: TranslatedPattern): Search {
  let engine: RE2JS;
  try {
    engine = RE2JS.compile(translated.source);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/: `.*$/s, "") : String(error);
    throw new PatternSyntaxError(reason, 0, pattern);
  }
  const next = (text: string, from: number) => firstMatch(engine, text, from);
  return {
    isNative: false,
    matches: (text) => engine.testExact(text),
    next: translated.dollar ? (text, from) => beforeTerminator(next, text, from) : next,
  };
}

function firstMatch(engine: RE2JS, text: string, from: number): RegexMatch | undefined {
  const matcher = engine.matcher(text);
  if (!matcher.find(from)) return undefined;
  // A group that can only match zero times is left out by the engine, which then knows no start of it.
  const group = (index: number): string | undefined =>
    matcher.start(index) >= 0 ? (matcher.group(index) ?? undefined) : undefined;
  return { start: matcher.start(), end: matcher.end(), group };
}

/** "$" also matches before the line terminator a text ends with: the text without it is searched first. */
function beforeTerminator(
  next: (text: string, from: number) => RegexMatch | undefined,
  text: string,
  from: number,
): RegexMatch | undefined {
  const whole = next(text, from);
  // Called for every match: the text is looked at from its end only.
  const terminator = /(?:\r\n|[\n\r\u0085\u2028\u2029])$/.exec(text.slice(-2))?.[0] ?? "";
  const shorter = text.slice(0, text.length - terminator.length);
  if (shorter.length === text.length || from > shorter.length) return whole;
  const early = next(shorter, from);
  if (early === undefined) return whole;
  return whole === undefined || early.start <= whole.start ? early : whole;
}
