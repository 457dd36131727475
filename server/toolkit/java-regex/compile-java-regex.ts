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
  /** @throws JavaRegexError for a bad replacement, but (as in Java) only when something matches */
  replaceAll(text: string, replacement: string): string;
  /** @throws JavaRegexError as replaceAll */
  replaceFirst(text: string, replacement: string): string;
  /** String.split: limit 0 drops empty parts at the end, a negative one keeps them */
  split(text: string, limit?: number): string[];
}

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
  const translated = translatePattern(pattern, flags);
  const search = searchFor(pattern, translated);
  const regex = new CompiledRegex(search, translated);
  if (pattern.length <= LONGEST_CACHED) cache.set(key, regex);
  return regex;
}

/** Where a pattern matches. */
interface Search {
  matches(text: string): boolean;
  /** The first match that starts at from or later. */
  next(text: string, from: number): RegexMatch | undefined;
}

class CompiledRegex implements JavaRegex {
  constructor(
    private readonly search: Search,
    private readonly translated: TranslatedPattern,
  ) {}

  matches(text: string): boolean {
    return this.search.matches(text);
  }

  find(text: string): boolean {
    return this.search.next(text, 0) !== undefined;
  }

  replaceAll(text: string, replacement: string): string {
    return this.replace(text, replacement, Number.POSITIVE_INFINITY);
  }

  replaceFirst(text: string, replacement: string): string {
    return this.replace(text, replacement, 1);
  }

  split(text: string, limit = 0): string[] {
    const parts: string[] = [];
    let from = 0;
    for (const { start, end } of this.all(text)) {
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

  private replace(text: string, replacement: string, most: number): string {
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
    matches: (text) => engine.testExact(text),
    next: translated.dollar ? (text, from) => beforeTerminator(next, text, from) : next,
  };
}

function firstMatch(engine: RE2JS, text: string, from: number): RegexMatch | undefined {
  const matcher = engine.matcher(text);
  if (!matcher.find(from)) return undefined;
  return { start: matcher.start(), end: matcher.end(), group: (index) => matcher.group(index) ?? undefined };
}

/** "$" also matches before the line terminator a text ends with: the text without it is searched first. */
function beforeTerminator(
  next: (text: string, from: number) => RegexMatch | undefined,
  text: string,
  from: number,
): RegexMatch | undefined {
  const shorter = text.replace(/(?:\r\n|[\n\r\u0085\u2028\u2029])$/, "");
  const whole = next(text, from);
  if (shorter.length === text.length || from > shorter.length) return whole;
  const early = next(shorter, from);
  if (early === undefined) return whole;
  return whole === undefined || early.start <= whole.start ? early : whole;
}
