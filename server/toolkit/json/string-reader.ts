import { END, hexDigit } from "./json-characters";
import { JsonParseError } from "./json-parse-error";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROLS = /[\u0000-\u001f\u007f]/;

/** A position in a JSON text, and the quoted strings in it. */
export class StringReader {
  protected readonly text: string;
  protected readonly length: number;
  protected pos = 0;
  /** next backslash at or after the last string read, or the length: lets plain strings skip a scan */
  private backslashAt: number;
  /** the text has characters that escaped strings leave out; undefined until it matters */
  private dropsControls: boolean | undefined;

  constructor(text: string) {
    this.text = text;
    this.length = text.length;
    this.backslashAt = this.indexOrEnd("\\", 0);
  }

  protected code(): number {
    return this.pos < this.length ? this.text.charCodeAt(this.pos) : END;
  }

  private indexOrEnd(search: string, from: number): number {
    const index = this.text.indexOf(search, from);
    return index < 0 ? this.length : index;
  }

  /** Blank, tab, line ends. */
  protected skipBlanks(): void {
    for (;;) {
      const code = this.code();
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.pos += 1;
    }
  }

  /** Blank and every control character below it. */
  protected skipSpace(): number {
    for (;;) {
      const code = this.code();
      if (code > 0x20 || code === END) return code;
      this.pos += 1;
    }
  }

  protected readString(quote: number): string {
    const start = this.pos + 1;
    const end = this.text.indexOf(quote === QUOTE ? '"' : "'", start);
    if (end < 0) throw JsonParseError.endOfFile(this.length, "null");
    if (this.backslashAt < start) this.backslashAt = this.indexOrEnd("\\", start);
    if (this.backslashAt > end) {
      this.pos = end + 1;
      return this.text.slice(start, end);
    }
    return this.readEscapedString(quote);
  }

  /** A string with a backslash somewhere: here, and only here, control characters are dropped. */
  private readEscapedString(quote: number): string {
    const { text, length } = this;
    this.dropsControls ??= CONTROLS.test(text);
    let out = "";
    let at = this.pos + 1;
    let plainFrom = at;
    for (;;) {
      if (!this.dropsControls) at = this.nextQuoteOrBackslash(quote, at);
      const code = at < length ? text.charCodeAt(at) : END;
      if (code !== BACKSLASH && code !== quote && code >= 0x20 && code !== 0x7f) {
        at += 1;
        continue;
      }
      if (code === END) throw JsonParseError.endOfFile(at - 1, "null");
      out += text.slice(plainFrom, at);
      at += 1;
      if (code === quote) {
        this.pos = at;
        return out;
      }
      this.pos = at;
      if (code === BACKSLASH) out += this.readEscape();
      at = this.pos;
      plainFrom = at;
    }
  }

  private nextQuoteOrBackslash(quote: number, from: number): number {
    const end = this.indexOrEnd(quote === QUOTE ? '"' : "'", from);
    if (this.backslashAt < from) this.backslashAt = this.indexOrEnd("\\", from);
    return Math.min(end, this.backslashAt);
  }

  private readEscape(): string {
    const code = this.code();
    if (code === 34 || code === BACKSLASH) {
      this.pos += 1;
      return code === BACKSLASH ? "\\" : '"';
    }
    const control = CONTROL_ESCAPES.get(code);
    if (code === 117) return this.readHex(4);
    if (code === 120) return this.readHex(2);
    this.pos += 1;
    if (control !== undefined) return control;
    // "\/" and "\'" stand for the character; any other escaped character is dropped.
    return code === 47 ? "/" : code === 39 ? "'" : "";
  }

  private readHex(digits: number): string {
    let value = 0;
    for (let i = 0; i < digits; i += 1) {
      this.pos += 1;
      const code = this.code();
      const digit = hexDigit(code);
      if (digit < 0) {
        throw code === END
          ? JsonParseError.endOfFile(this.pos, "EOF")
          : JsonParseError.unicodeEscape(code, this.pos);
      }
      value = value * 16 + digit;
    }
    this.pos += 1;
    return String.fromCharCode(value);
  }
}

const CONTROL_ESCAPES: ReadonlyMap<number, string> = new Map(
  Object.entries({ t: "\t", n: "\n", r: "\r", f: "\f", b: "\b" }).map(([letter, value]) => [
    letter.charCodeAt(0),
    value,
  ]),
);
