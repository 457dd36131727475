import { CodeSet } from "./code-set";
import { PatternSyntaxError } from "./java-regex-error";
import { ASCII_SETS, LETTER_SETS, PROPERTY_NAMES } from "./predefined-sets";

const CONTROL_ESCAPES: ReadonlyMap<string, number> = new Map([
  ["t", 9],
  ["n", 10],
  ["r", 13],
  ["f", 12],
  ["a", 7],
  ["e", 27],
]);

/** A position in a Java pattern, and the escapes that are the same inside and outside brackets. */
export class PatternReader {
  pos = 0;

  constructor(readonly pattern: string) {}

  get atEnd(): boolean {
    return this.pos >= this.pattern.length;
  }

  get current(): string {
    return this.pattern[this.pos] ?? "";
  }

  startsWith(text: string): boolean {
    return this.pattern.startsWith(text, this.pos);
  }

  accept(text: string): boolean {
    if (!this.startsWith(text)) return false;
    this.pos += text.length;
    return true;
  }

  /** The code point at the position, stepped over. */
  readCodePoint(): number {
    const code = this.pattern.codePointAt(this.pos) ?? 0;
    this.pos += code > 0xffff ? 2 : 1;
    return code;
  }

  error(description: string, index = this.pos): PatternSyntaxError {
    return new PatternSyntaxError(description, index, this.pattern);
  }

  unsupported(what: string, index = this.pos): PatternSyntaxError {
    return this.error(`${what} not supported (patterns run in linear time)`, index);
  }

  /** After a backslash: \d, \p{L} and the like; undefined (nothing read) for any other escape. */
  readSetEscape(): CodeSet | undefined {
    const letter = this.current;
    const set = LETTER_SETS.get(letter);
    if (set !== undefined) {
      this.pos += 1;
      return set;
    }
    const complement = LETTER_SETS.get(letter.toLowerCase())?.complement();
    if (complement !== undefined) {
      this.pos += 1;
      return complement;
    }
    return letter === "p" || letter === "P" ? this.readProperty() : undefined;
  }

  private readProperty(): CodeSet {
    const negated = this.current === "P";
    this.pos += 1;
    let name = this.current;
    if (name === "{") {
      const end = this.pattern.indexOf("}", this.pos);
      if (end < 0) throw this.error("Unclosed character family", this.pattern.length - 1);
      name = this.pattern.slice(this.pos + 1, end);
      this.pos = end;
    }
    this.pos += 1;
    const ascii = ASCII_SETS.get(name);
    if (ascii !== undefined) return negated ? (ascii.complement() as CodeSet) : ascii;
    const property = PROPERTY_NAMES.get(name) ?? name.replace(/^(Is|(sc|script|gc|general_category)=)/, "");
    if (!/^\w+$/.test(property)) throw this.error(`Unknown character property name {${name}}`, this.pos - 1);
    return new CodeSet([], [`\\${negated ? "P" : "p"}{${property}}`]);
  }

  /** After a backslash: an escape that stands for one character. */
  readCharacterEscape(): number {
    const letter = this.current;
    const control = CONTROL_ESCAPES.get(letter);
    if (control !== undefined) {
      this.pos += 1;
      return control;
    }
    if (letter === "0") return this.readOctal();
    if (letter === "x") return this.readHexadecimal();
    if (letter === "u") return this.readUnicode();
    if (letter === "c") {
      if (this.pos + 1 >= this.pattern.length) throw this.error("Illegal control escape sequence");
      this.pos += 2;
      return this.pattern.charCodeAt(this.pos - 1) ^ 64;
    }
    if (letter === "") throw this.error("Unexpected internal error");
    if (/[a-zA-Z]/.test(letter)) throw this.error("Illegal/unsupported escape sequence");
    return this.readCodePoint();
  }

  private readOctal(): number {
    const digits = /^0([0-3][0-7]{2}|[0-7]{1,2})/.exec(this.pattern.slice(this.pos, this.pos + 4))?.[1];
    if (digits === undefined) throw this.error("Illegal octal escape sequence");
    this.pos += 1 + digits.length;
    return Number.parseInt(digits, 8);
  }

  private readHexadecimal(): number {
    const rest = this.pattern.slice(this.pos + 1, this.pos + 11);
    const digits = /^([0-9a-fA-F]{2})|^\{([0-9a-fA-F]{1,8})\}/.exec(rest);
    if (digits === null) throw this.error("Illegal hexadecimal escape sequence");
    const code = Number.parseInt(digits[1] ?? digits[2] ?? "", 16);
    if (code > 0x10ffff) throw this.error("Hexadecimal codepoint is too big");
    this.pos += 1 + digits[0].length;
    return code;
  }

  private readUnicode(): number {
    const code = this.readFourDigits(this.pos + 1);
    if (code === undefined) throw this.error("Illegal Unicode escape sequence");
    this.pos += 5;
    if (code >= 0xd800 && code < 0xdc00 && this.startsWith("\\u")) {
      const low = this.readFourDigits(this.pos + 2);
      if (low !== undefined && low >= 0xdc00 && low < 0xe000) {
        this.pos += 6;
        return 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
      }
    }
    return code;
  }

  private readFourDigits(from: number): number | undefined {
    const digits = this.pattern.slice(from, from + 4);
    return /^[0-9a-fA-F]{4}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
  }
}
