import { type CharacterCodes, characterCodes } from "./character-codes";
import { CONTAINER_SIZE, type JsonCounts, JsonTape, KIND, KIND_BITS, SCALAR_SIZE } from "./json-tape";
import { KeyNode } from "./key-chain";

/** As in the permissive reader: deeper texts are an error, which that one reports. */
const MAX_DEPTH = 400;
/** Longer texts would not leave room for the kind beside the position. */
const LONGEST_TEXT = 1 << 26;
/** Texts with more different keys than this are dictionaries: nothing is gained by knowing their shapes. */
const MOST_CHAINS = 20_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const SLASH = 0x2f;
const ZERO = 0x30;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const DELETE = 0x7f;

const codesOf = (word: string): readonly number[] => Array.from(word, (letter) => letter.charCodeAt(0));
const TRUE = codesOf("true");
const FALSE = codesOf("false");
const NULL = codesOf("null");

/** Longest decimals, and digits before the point, that Java prints as they are written. */
const MOST_DIGITS = 15;
const MOST_WHOLE_DIGITS = 7;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Used by one scan after another; what a tape keeps is copied from it. After a large text it is given back. */
let scratch = new Int32Array(1024);
const LARGEST_SCRATCH = 1 << 18;

/**
 * Finds the values of a text that is strict JSON (RFC 8259), an object or array, which is the tape's value at 0. undefined for any other text, and
 * where a key is twice in an object, an escape is in a key, or a control character in a string: then the permissive
 * dialect has rules of its own, and PermissiveReader is to read it.
 */
export function scanJson(text: string): JsonTape | undefined {
  const first = text.charCodeAt(0);
  if (text.length > LONGEST_TEXT || (first > 0x20 && first !== OPEN_BRACE && first !== OPEN_BRACKET)) {
    return undefined;
  }
  return new Scanner(text).scan();
}

/**
 * Scanning methods take a position and give that after what they have scanned, or -1 where the text is not for them.
 * None looks for the end of the text: the 0 there is in no place allowed.
 */
class Scanner {
  private used = 0;
  exact = true;
  /** the string scanned last has escapes */
  private escaped = false;
  /** of the key scanned last */
  private keyEnd = 0;
  readonly chains: KeyNode[] = [];
  private nodes = 0;
  readonly counts: JsonCounts = { objects: 0, arrays: 0, members: 0 };

  private readonly codes: CharacterCodes;

  constructor(private readonly text: string) {
    this.codes = characterCodes(text);
  }

  scan(): JsonTape | undefined {
    const { codes, text } = this;
    const start = this.skipBlanks(0);
    const code = codes[start] as number;
    if (code !== OPEN_BRACE && code !== OPEN_BRACKET) return undefined;
    let end = this.value(start, 0, new KeyNode("", null, { start: 0, count: 0 }));
    if (end < 0) return undefined;
    end = this.skipBlanks(end);
    if (end !== text.length) return undefined;
    const entries = scratch.slice(0, this.used);
    if (scratch.length > LARGEST_SCRATCH) scratch = new Int32Array(1024);
    return new JsonTape(text, entries, this);
  }

  private skipBlanks(at: number): number {
    const { codes } = this;
    const start = at;
    for (; ; at += 1) {
      const code = codes[at] as number;
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
    }
    if (at !== start) this.exact = false;
    return at;
  }

  /** `place` is the key the value has, or an array around it: objects in one place have the same keys most often. */
  private value(at: number, depth: number, place: KeyNode): number {
    const code = this.codes[at] as number;
    switch (code) {
      case QUOTE: {
        const end = this.stringEnd(at + 1);
        if (end < 0) return -1;
        this.scalar(this.escaped ? KIND.escapedText : KIND.text, at + 1, end);
        return end + 1;
      }
      case OPEN_BRACE:
        return this.object(at, depth + 1, place);
      case OPEN_BRACKET:
        return this.array(at, depth + 1, place);
      case 0x74:
        return this.word(TRUE, KIND.true, at);
      case 0x66:
        return this.word(FALSE, KIND.false, at);
      case 0x6e:
        return this.word(NULL, KIND.null, at);
      default:
        return isDigit(code) || code === MINUS ? this.number(at, code) : -1;
    }
  }

  private scalar(kind: number, start: number, end: number): void {
    const entry = this.reserve(SCALAR_SIZE);
    scratch[entry] = (start << KIND_BITS) | kind;
    scratch[entry + 1] = end;
  }

  private reserve(size: number): number {
    const entry = this.used;
    this.used += size;
    if (this.used > scratch.length) {
      const grown = new Int32Array(scratch.length * 2);
      grown.set(scratch);
      scratch = grown;
    }
    return entry;
  }

  private close(entry: number, kind: number, place: { start: number; end: number; members: number }): number {
    scratch[entry] = (place.start << KIND_BITS) | kind;
    scratch[entry + 1] = this.used;
    scratch[entry + 2] = place.end;
    scratch[entry + 3] = place.members;
    return place.end;
  }

  private word(word: readonly number[], kind: number, at: number): number {
    const end = at + word.length;
    for (let i = 1; i < word.length; i += 1) if (this.codes[at + i] !== word[i]) return -1;
    this.scalar(kind, at, end);
    return end;
  }

  private array(start: number, depth: number, place: KeyNode): number {
    if (depth > MAX_DEPTH) return -1;
    const { codes } = this;
    const entry = this.reserve(CONTAINER_SIZE);
    let at = start + 1;
    let members = 0;
    for (;;) {
      let code = codes[at] as number;
      if (code <= 0x20) {
        at = this.skipBlanks(at);
        code = codes[at] as number;
      }
      if (code === CLOSE_BRACKET && members === 0) break;
      at = this.value(at, depth, place);
      if (at < 0) return -1;
      members += 1;
      code = codes[at] as number;
      if (code <= 0x20) {
        at = this.skipBlanks(at);
        code = codes[at] as number;
      }
      if (code === CLOSE_BRACKET) break;
      if (code !== COMMA) return -1;
      at += 1;
    }
    this.counts.arrays += 1;
    this.counts.members += members;
    return this.close(entry, KIND.array, { start, end: at + 1, members });
  }

  private object(start: number, depth: number, place: KeyNode): number {
    if (depth > MAX_DEPTH) return -1;
    const { codes } = this;
    const entry = this.reserve(CONTAINER_SIZE);
    let at = start + 1;
    let chain = place.inner();
    for (;;) {
      let code = codes[at] as number;
      if (code <= 0x20) {
        at = this.skipBlanks(at);
        code = codes[at] as number;
      }
      if (code === CLOSE_BRACE && chain.count === 0) break;
      if (code !== QUOTE) return -1;
      const next = this.key(at + 1, chain);
      if (next === null) return -1;
      chain = next;
      at = this.keyEnd + 1;
      if (codes[at] !== COLON) {
        at = this.skipBlanks(at);
        if (codes[at] !== COLON) return -1;
      }
      at += 1;
      if ((codes[at] as number) <= 0x20) at = this.skipBlanks(at);
      at = this.value(at, depth, chain);
      if (at < 0) return -1;
      code = codes[at] as number;
      if (code <= 0x20) {
        at = this.skipBlanks(at);
        code = codes[at] as number;
      }
      if (code === CLOSE_BRACE) break;
      if (code !== COMMA) return -1;
      at += 1;
    }
    this.counts.objects += 1;
    this.counts.members += chain.count;
    return this.close(entry, KIND.object, { start, end: at + 1, members: this.chainNumber(chain) });
  }

  /** The number by which objects with these keys name them; -1 for no keys. */
  private chainNumber(chain: KeyNode): number {
    if (chain.count === 0) return -1;
    if (chain.uses === 0) {
      chain.number = this.chains.length;
      this.chains.push(chain);
    }
    chain.uses += 1;
    return chain.number;
  }

  /** The key at a position, after those of the chain; null where it is not for this scanner. */
  private key(start: number, chain: KeyNode): KeyNode | null {
    const { codes } = this;
    const guess = chain.next;
    if (guess !== null) {
      const end = start + guess.key.length;
      if (codes[end] === QUOTE) {
        let at = start;
        for (let before = guess.start; at < end && codes[at] === codes[before]; before += 1) at += 1;
        if (at === end) {
          this.keyEnd = end;
          return guess;
        }
      }
    }
    const end = this.stringEnd(start);
    if (end < 0 || this.escaped) return null;
    this.keyEnd = end;
    this.nodes += 1;
    return this.nodes > MOST_CHAINS ? null : chain.follow(this.text.slice(start, end), start);
  }

  /** Position of the quote that ends the string whose content begins at a position. */
  private stringEnd(at: number): number {
    const { codes } = this;
    this.escaped = false;
    for (; ; at += 1) {
      const code = codes[at] as number;
      if (code > BACKSLASH && code < DELETE) continue;
      if (code === QUOTE) return at;
      if (code === BACKSLASH) {
        at = this.escape(at + 1);
        if (at < 0) return -1;
      } else if (code >= DELETE) {
        if (code === DELETE) return -1;
        // Written as escapes.
        if (code < 0xa0 || (code >= 0x2000 && code < 0x2100)) this.exact = false;
      } else if (code < 0x20) return -1;
    }
  }

  /** Position of an escape's last character, given that of the one after its backslash. */
  private escape(at: number): number {
    this.escaped = true;
    switch (this.codes[at]) {
      case QUOTE:
      case BACKSLASH:
      case 0x62:
      case 0x66:
      case 0x6e:
      case 0x72:
      case 0x74:
        return at;
      case SLASH:
        this.exact = false;
        return at;
      case 0x75:
        this.exact = false;
        return /^[0-9a-fA-F]{4}$/.test(this.text.slice(at + 1, at + 5)) ? at + 4 : -1;
      default:
        return -1;
    }
  }

  private number(start: number, first: number): number {
    const { codes } = this;
    const from = first === MINUS ? start + 1 : start;
    const point = this.digits(from);
    const leadingZero = codes[from] === ZERO;
    if (point === from || (leadingZero && point > from + 1)) return -1;
    let code = codes[point] as number;
    let end = point;
    if (code === POINT) {
      end = this.digits(point + 1);
      if (end === point + 1) return -1;
      code = codes[end] as number;
      this.noteDecimal(from, point, end);
    }
    if (code === 0x65 || code === 0x45) {
      this.exact = false;
      code = codes[end + 1] as number;
      const exponent = code === 0x2b || code === MINUS ? end + 2 : end + 1;
      end = this.digits(exponent);
      // A long exponent may be too large for a BigDecimal.
      if (end === exponent || end - exponent > 9) return -1;
    } else if (end === point) {
      if (leadingZero && from !== start) this.exact = false;
      this.scalar(KIND.integer, start, end);
      return end;
    }
    this.scalar(KIND.decimal, start, end);
    return end;
  }

  /** Java prints large, small and long decimals, and zeros at their ends, in another way. */
  private noteDecimal(from: number, point: number, end: number): void {
    const { codes } = this;
    const lastZero = codes[end - 1] === ZERO && end - point > 2;
    const small = codes[from] === ZERO && this.text.startsWith("000", point + 1);
    const long = end - from > MOST_DIGITS || point - from > MOST_WHOLE_DIGITS;
    if (lastZero || small || long) this.exact = false;
  }

  private digits(at: number): number {
    const { codes } = this;
    while (isDigit(codes[at] as number)) at += 1;
    return at;
  }
}
