import { CodeSet, hex } from "./code-set";
import { PatternReader } from "./pattern-reader";
import { LINE_TERMINATORS } from "./predefined-sets";
import { readClass } from "./read-class";

const MAX_GROUP_NESTING = 200;
/** RE2's own limit for a counted repetition. */
const MAX_REPEAT = 1000;

export interface TranslatedPattern {
  /** the pattern in RE2 syntax */
  readonly source: string;
  /** the text the pattern stands for, when it is nothing but characters (and not empty) */
  readonly literal: string | undefined;
  /** "$" or \Z outside multi-line mode: matches before a final line terminator too */
  readonly dollar: boolean;
  readonly groupNames: ReadonlyMap<string, number>;
  readonly groupCount: number;
}

/**
 * Rewrites a pattern from Java's syntax into RE2's: the sets that differ (\s . \h \R), bracket
 * intersections, flags, quoting and number escapes.
 *
 * @param flags letters of Java's inline flags, as in "(?flags)"
 * @throws PatternSyntaxError with Java's text, also for backreferences, lookaround, possessive
 * quantifiers and atomic groups, which cannot run in linear time
 */
export function translatePattern(pattern: string, flags: string): TranslatedPattern {
  return new Translator(pattern, flags).translate();
}

class Translator {
  private readonly reader: PatternReader;
  private readonly groupNames = new Map<string, number>();
  private flags: Set<string>;
  private groupCount = 0;
  private nesting = 0;
  private dollar = false;
  private literal: string | undefined = "";

  constructor(
    pattern: string,
    private readonly initialFlags: string,
  ) {
    this.reader = new PatternReader(pattern);
    this.flags = new Set(initialFlags);
  }

  translate(): TranslatedPattern {
    if (this.flags.has("i")) this.literal = undefined;
    const prefix = this.flags.has("i") ? "(?i)" : "";
    const body = this.alternatives();
    if (!this.reader.atEnd) throw this.reader.error("Unmatched closing ')'", this.reader.pos - 1);
    return {
      source: prefix + body,
      literal: this.literal === "" ? undefined : this.literal,
      dollar: this.dollar,
      groupNames: this.groupNames,
      groupCount: this.groupCount,
    };
  }

  private alternatives(): string {
    let out = this.sequence();
    while (this.reader.accept("|")) {
      this.literal = undefined;
      out += `|${this.sequence()}`;
    }
    return out;
  }

  private sequence(): string {
    const { reader } = this;
    let out = "";
    for (;;) {
      if (this.flags.has("x")) this.skipComments();
      if (reader.atEnd || reader.current === "|" || reader.current === ")") return out;
      const flagsOnly = this.inlineFlags();
      out += flagsOnly ?? this.quantified(this.atom());
    }
  }

  private skipComments(): void {
    const rest = /^(?:[ \t-\r]|#[^\n\r]*)*/.exec(this.reader.pattern.slice(this.reader.pos));
    this.reader.pos += rest?.[0].length ?? 0;
  }

  /** (?i), (?-s): holds to the end of the group. */
  private inlineFlags(): string | undefined {
    const match = /^\(\?([a-zA-Z]*)(?:-([a-zA-Z]*))?\)/.exec(
      this.reader.pattern.slice(this.reader.pos, this.reader.pos + 30),
    );
    if (match === null) return undefined;
    const out = this.setFlags(match[1] ?? "", match[2] ?? "", this.reader.pos + 2);
    this.reader.pos += match[0].length;
    return out === "" ? "" : `(?${out})`;
  }

  /** The change as RE2 writes it: only "i" means the same there. */
  private setFlags(on: string, off: string, index: number): string {
    this.literal = undefined;
    for (const flag of on + off) {
      if (!this.initialFlags.includes(flag) && !"idmsuxU".includes(flag)) {
        throw this.reader.error("Unknown inline modifier", index);
      }
    }
    for (const flag of on) this.flags.add(flag);
    for (const flag of off) this.flags.delete(flag);
    if (off.includes("i")) return "-i";
    return on.includes("i") ? "i" : "";
  }

  private atom(): string {
    const { reader } = this;
    switch (reader.current) {
      case "(":
        return this.group();
      case "[": {
        this.literal = undefined;
        reader.pos += 1;
        const { set, negated } = readClass(reader);
        return set.toRe2(negated);
      }
      case ".":
        this.literal = undefined;
        reader.pos += 1;
        return this.dot();
      case "^":
        this.literal = undefined;
        reader.pos += 1;
        return this.flags.has("m") ? "(?m:^)" : "\\A";
      case "$":
        reader.pos += 1;
        return this.end();
      case "*":
      case "+":
      case "?":
        throw reader.error(`Dangling meta character '${reader.current}'`);
      case "{":
        if (!/\d/.test(reader.pattern[reader.pos + 1] ?? ""))
          throw reader.error("Illegal repetition", reader.pos + 1);
        return "(?:)";
      case "\\":
        return this.escape();
      default:
        return this.character(reader.readCodePoint());
    }
  }

  private character(code: number): string {
    if (this.literal !== undefined) this.literal += String.fromCodePoint(code);
    const character = String.fromCodePoint(code);
    return /[a-zA-Z0-9]/.test(character) ? character : hex(code);
  }

  private dot(): string {
    if (this.flags.has("s")) return "(?s:.)";
    if (this.flags.has("d")) return CodeSet.of([10, 10]).toRe2(true);
    return LINE_TERMINATORS.toRe2(true);
  }

  private end(): string {
    this.literal = undefined;
    if (this.flags.has("m")) return "(?m:$)";
    this.dollar = true;
    return "\\z";
  }

  private escape(): string {
    const { reader } = this;
    reader.pos += 1;
    const letter = reader.current;
    if (letter === "Q") return this.quoted();
    if ("AbBz".includes(letter) && letter !== "") {
      this.literal = undefined;
      reader.pos += 1;
      return `\\${letter}`;
    }
    if (letter === "Z") {
      this.literal = undefined;
      reader.pos += 1;
      this.dollar = true;
      return "\\z";
    }
    if (letter === "R") {
      this.literal = undefined;
      reader.pos += 1;
      return "(?:\\r\\n|[\\n-\\r\\x{85}\\x{2028}\\x{2029}])";
    }
    if (/[1-9k]/.test(letter)) throw reader.unsupported("Backreferences are");
    if (letter === "G" || letter === "X") throw reader.unsupported(`\\${letter} is`);
    const set = reader.readSetEscape();
    if (set !== undefined) {
      this.literal = undefined;
      return set.toRe2();
    }
    return this.character(reader.readCharacterEscape());
  }

  /** \Q…\E; a quantifier after it applies to its last character. */
  private quoted(): string {
    const { reader } = this;
    const end = reader.pattern.indexOf("\\E", reader.pos);
    const text = reader.pattern.slice(reader.pos + 1, end < 0 ? undefined : end);
    reader.pos = end < 0 ? reader.pattern.length : end + 2;
    return [...text].map((character) => this.character(character.codePointAt(0) ?? 0)).join("") || "(?:)";
  }

  private group(): string {
    const { reader } = this;
    this.literal = undefined;
    this.nesting += 1;
    if (this.nesting > MAX_GROUP_NESTING) throw reader.unsupported("Groups nested this deeply are");
    const outerFlags = this.flags;
    this.flags = new Set(outerFlags);
    const open = this.groupOpening();
    const body = this.alternatives();
    if (!reader.accept(")")) throw reader.error("Unclosed group", reader.pattern.length);
    this.flags = outerFlags;
    this.nesting -= 1;
    return `${open}${body})`;
  }

  private groupOpening(): string {
    const { reader } = this;
    const start = reader.pos;
    reader.pos += 1;
    if (!reader.accept("?")) {
      this.groupCount += 1;
      return "(";
    }
    if (reader.accept(":")) return "(?:";
    if (/^(?:<?[=!])/.test(reader.pattern.slice(reader.pos, reader.pos + 2))) {
      throw reader.unsupported("Lookahead and lookbehind are", start);
    }
    if (reader.current === ">") throw reader.unsupported("Atomic groups are", start);
    if (reader.accept("<")) return this.namedGroup();
    const match = /^([a-zA-Z]*)(?:-([a-zA-Z]*))?:/.exec(reader.pattern.slice(reader.pos, reader.pos + 30));
    if (match === null) throw reader.error("Unknown group type", reader.pos);
    const change = this.setFlags(match[1] ?? "", match[2] ?? "", reader.pos);
    reader.pos += match[0].length;
    return `(?${change}:`;
  }

  private namedGroup(): string {
    const { reader } = this;
    const name = /^[a-zA-Z][a-zA-Z0-9]*(?=>)/.exec(reader.pattern.slice(reader.pos))?.[0];
    if (name === undefined) throw reader.error("capturing group name does not start with a Latin letter");
    if (this.groupNames.has(name)) throw reader.error(`Named capturing group <${name}> is already defined`);
    reader.pos += name.length + 1;
    this.groupCount += 1;
    this.groupNames.set(name, this.groupCount);
    return `(?P<${name}>`;
  }

  private quantified(atom: string): string {
    const { reader } = this;
    if (this.flags.has("x")) this.skipComments();
    const repetition = this.repetition();
    if (repetition === undefined) return atom;
    this.literal = undefined;
    if (reader.current === "+") throw reader.unsupported("Possessive quantifiers are");
    const lazy = reader.accept("?") ? "?" : "";
    return `${atom}${repetition}${lazy}`;
  }

  private repetition(): string | undefined {
    const { reader } = this;
    if (reader.current !== "" && "*+?".includes(reader.current)) {
      reader.pos += 1;
      return reader.pattern[reader.pos - 1];
    }
    if (reader.current !== "{") return undefined;
    const match = /^\{(\d+)(?:(,)(\d*))?\}/.exec(reader.pattern.slice(reader.pos, reader.pos + 40));
    if (match === null) {
      const digits = /^\{\d/.test(reader.pattern.slice(reader.pos, reader.pos + 2));
      throw digits
        ? reader.error("Unclosed counted closure", reader.pattern.length)
        : reader.error("Illegal repetition", reader.pos + 1);
    }
    const [text, least = "0", , most = ""] = match;
    if (most !== "" && Number(most) < Number(least)) throw reader.error("Illegal repetition range");
    if (Math.max(Number(least), Number(most)) > MAX_REPEAT) {
      throw reader.unsupported(`More than ${MAX_REPEAT} repetitions are`);
    }
    reader.pos += text.length;
    return text;
  }
}
