import { JavaDouble, JsonArray } from "../java/values";
import { END, sliceTrimmed } from "./json-characters";
import {
  decimalFromText,
  integerFromAnything,
  integerFromText,
  isLongDecimal,
  isReadableDecimal,
} from "./json-number";
import { JsonParseError } from "./json-parse-error";
import { StringReader } from "./string-reader";

const MAX_DEPTH = 400;

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const COLON = 0x3a;
const UPPER_N = 0x4e;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const LOWER_F = 0x66;
const LOWER_N = 0x6e;
const LOWER_T = 0x74;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/** Where an unquoted word ends: up to two characters besides the end of the text. */
interface Stop {
  readonly first: number;
  readonly second: number;
}
const AT_END: Stop = { first: END, second: END };
const AT_COLON: Stop = { first: COLON, second: END };
const IN_ARRAY: Stop = { first: COMMA, second: CLOSE_BRACKET };
const IN_OBJECT: Stop = { first: COMMA, second: CLOSE_BRACE };

/** The keys objects at one depth had, in order: the next object most likely has the same. */
interface KeyNode {
  readonly key: string;
  next: KeyNode | undefined;
}

/** Powers of ten that are exact as doubles. */
const POWERS_OF_TEN = Array.from({ length: 19 }, (_, i) => 10 ** i);

/** Characters from here on never stop a number and are left for the surrounding value to judge. */
const FIRST_UNCHECKED = 126;

/**
 * One pass over a text in json-smart's permissive dialect. The order of the checks is json-smart's: it
 * decides which odd texts pass, what they mean, and the position an error names.
 */
export class PermissiveReader extends StringReader {
  private depth = 0;
  /** per depth, the keys of the last object read there */
  private readonly knownKeys: KeyNode[] = [];

  /** The first value of the text; what follows it is not looked at. */
  read(): unknown {
    this.skipBlanks();
    return this.readValue(AT_END);
  }

  private readValue(stop: Stop): unknown {
    const code = this.code();
    if (code === QUOTE || code === APOSTROPHE) return this.readString(code);
    if ((code >= 48 && code <= 57) || code === MINUS) return this.readNumber(stop);
    switch (code) {
      case OPEN_BRACE:
        return this.readObject();
      case OPEN_BRACKET:
        return this.readArray();
      case COLON:
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        throw JsonParseError.unexpectedCharacter(code, this.pos);
      case END:
        if (stop !== AT_END) throw JsonParseError.endOfFile(this.pos - 1, "EOF");
        return this.readWord(stop);
      case LOWER_F:
      case LOWER_N:
      case LOWER_T:
      case UPPER_N:
        return this.keyword(this.readWord(stop));
      default:
        // Also " null" after an odd blank: only a word that begins as one is a keyword.
        return this.readWord(stop);
    }
  }

  private enter(code: number): void {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw JsonParseError.tooDeep(code, this.pos);
  }

  private readArray(): JsonArray {
    this.enter(OPEN_BRACKET);
    const array = new JsonArray();
    let count = 0;
    this.pos += 1;
    for (;;) {
      this.skipBlanks();
      const code = this.code();
      switch (code) {
        case CLOSE_BRACKET:
          this.depth -= 1;
          this.pos += 1;
          return array;
        case COLON:
        case CLOSE_BRACE:
          throw JsonParseError.unexpectedCharacter(code, this.pos);
        case COMMA:
          this.pos += 1;
          break;
        case END:
          throw JsonParseError.endOfFile(this.pos - 1, "EOF");
        default:
          array[count] = this.readValue(IN_ARRAY);
          count += 1;
      }
    }
  }

  private readObject(): Map<unknown, unknown> {
    this.enter(OPEN_BRACE);
    const map = new Map<unknown, unknown>();
    let known: KeyNode | undefined;
    this.pos += 1;
    for (;;) {
      this.skipBlanks();
      const code = this.code();
      switch (code) {
        case CLOSE_BRACE:
          this.depth -= 1;
          this.pos += 1;
          return map;
        case COLON:
        case CLOSE_BRACKET:
        case OPEN_BRACKET:
        case OPEN_BRACE:
          throw JsonParseError.unexpectedCharacter(code, this.pos);
        case COMMA:
          this.pos += 1;
          break;
        case QUOTE:
          known = this.readKey(known);
          this.readEntryValue(map, known.key);
          break;
        default:
          this.readEntryValue(map, code === APOSTROPHE ? this.readString(code) : this.readWord(AT_COLON));
      }
    }
  }

  /**
   * The key at the position. The key that followed the last one in an earlier object of this depth is
   * tried first: it needs no new string, and Map finds the hash of a string it has met at hand.
   */
  private readKey(last: KeyNode | undefined): KeyNode {
    const guess = last === undefined ? this.knownKeys[this.depth] : last.next;
    const start = this.pos + 1;
    if (guess !== undefined) {
      const { key } = guess;
      const end = start + key.length;
      if (this.text.charCodeAt(end) === QUOTE && this.text.startsWith(key, start)) {
        this.pos = end + 1;
        return guess;
      }
    }
    const key = this.readString(QUOTE);
    const node: KeyNode = { key, next: undefined };
    // A key with escapes is spelled differently in the text and must not be a guess.
    if (this.pos - 1 - start === key.length && !key.includes("\\") && !key.includes('"')) {
      if (last === undefined) this.knownKeys[this.depth] = node;
      else last.next = node;
    }
    return node;
  }

  private readEntryValue(map: Map<unknown, unknown>, key: string): void {
    const colon = this.skipSpace();
    if (colon !== COLON) {
      if (colon === END) throw JsonParseError.endOfFile(this.pos - 1, "null");
      throw JsonParseError.unexpectedCharacter(colon, this.pos - 1);
    }
    this.pos += 1;
    if (this.pos >= this.length) throw JsonParseError.endOfFile(this.pos - 1, "EOF");
    this.skipBlanks();
    map.set(key, this.readValue(IN_OBJECT));
    const next = this.skipSpace();
    if (next === CLOSE_BRACE || next === COMMA) return;
    if (next === END) throw JsonParseError.endOfFile(this.pos - 1, "null");
    throw JsonParseError.unexpectedToken(String.fromCharCode(next), this.pos - 1);
  }

  private readWord(stop: Stop): string {
    const start = this.pos;
    this.skipWord(stop);
    return sliceTrimmed(this.text, start, this.pos);
  }

  private keyword(word: string): unknown {
    switch (word) {
      case "null":
        return null;
      case "true":
        return true;
      case "false":
        return false;
    }
    return word === "NaN" ? new JavaDouble(Number.NaN) : word;
  }

  private skipWord({ first, second }: Stop): void {
    for (;;) {
      const code = this.code();
      if (code === END || code === first || code === second) return;
      this.pos += 1;
    }
  }

  private readNumber(stop: Stop): unknown {
    return this.readShortNumber(stop) ?? this.readAnyNumber(stop);
  }

  /** Up to 15 digits, with or without a point, directly before what ends the value; else undefined. */
  private readShortNumber({ first, second }: Stop): number | JavaDouble | undefined {
    const { text } = this;
    let at = this.pos;
    let code = text.charCodeAt(at);
    const negative = code === MINUS;
    if (negative) {
      at += 1;
      code = text.charCodeAt(at);
    }
    const from = at;
    let point = 0;
    let digits = 0;
    while ((code >= 48 && code <= 57) || (code === POINT && point === 0)) {
      if (code === POINT) point = at;
      else digits = digits * 10 + code - 48;
      at += 1;
      code = text.charCodeAt(at);
    }
    if ((code !== first && code !== second) || at - from > 15 || at === from) return undefined;
    if (point === 0) {
      if (digits > 0x7fffffff) return undefined;
      this.pos = at;
      return negative ? 0 - digits : digits;
    }
    if (point === from) return undefined;
    this.pos = at;
    // Both are exact doubles, so the quotient is the double nearest to the decimal.
    const value = digits / (POWERS_OF_TEN[at - point - 1] as number);
    return new JavaDouble(negative ? -value : value);
  }

  private readAnyNumber(stop: Stop): unknown {
    const start = this.pos;
    this.pos += 1;
    let code = this.skipDigits();
    const decimal = code === POINT || code === 69 || code === 101;
    if (code === POINT) {
      this.pos += 1;
      code = this.skipDigits();
    }
    if (code === 69 || code === 101) {
      this.pos += 1;
      code = this.code();
      if (code !== 43 && code !== MINUS && !(code >= 48 && code <= 57)) return this.readRest(start, stop);
      this.pos += 1;
      this.skipDigits();
    }
    const end = this.pos;
    code = this.skipSpace();
    if (code < FIRST_UNCHECKED && code !== stop.first && code !== stop.second && code !== END) {
      return this.readRest(start, stop);
    }
    // Control characters are blanks, but of these only white space is cut off; the rest counts as digits.
    const text = decimal ? this.text.slice(start, end) : sliceTrimmed(this.text, start, this.pos);
    if (!decimal && text.length === end - start) return integerFromText(text);
    if (!decimal) {
      const value = integerFromAnything(text);
      if (value === undefined) throw JsonParseError.unexpectedToken(text, this.pos);
      return value;
    }
    if (text === "-." || /[-+]$/.test(text)) throw JsonParseError.unexpectedToken(text, this.pos);
    const shown = sliceTrimmed(this.text, start, this.pos);
    if (!isReadableDecimal(text) || (shown.length > text.length && isLongDecimal(shown)))
      throw JsonParseError.unexpectedToken(text, this.pos);
    return decimalFromText(text);
  }

  /** What began like a number is a word after all. */
  private readRest(start: number, stop: Stop): string {
    this.skipWord(stop);
    return sliceTrimmed(this.text, start, this.pos);
  }

  private skipDigits(): number {
    for (;;) {
      const code = this.code();
      if (code < 48 || code > 57) return code;
      this.pos += 1;
    }
  }
}
