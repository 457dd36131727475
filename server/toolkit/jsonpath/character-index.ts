import { InvalidPathError, JsonPathError } from "./json-path-error";

/** Reading past the end of the text: Java's StringIndexOutOfBoundsException. */
export class TextIndexError extends JsonPathError {
  override readonly name = "TextIndexError";
}

/**
 * A text with a read position and an end that can be moved in. As in Jayway, single characters may be
 * read beyond the moved end (but not beyond the text), and several odd paths are valid because of it.
 */
export class CharacterIndex {
  position = 0;
  private end: number;

  constructor(readonly text: string) {
    this.end = text.length - 1;
  }

  get length(): number {
    return this.end + 1;
  }

  charAt(index: number): string {
    const character = this.text[index];
    if (character === undefined) throw new TextIndexError(`index ${index}, length ${this.text.length}`);
    return character;
  }

  get current(): string {
    return this.charAt(this.position);
  }

  get last(): string {
    return this.charAt(this.end);
  }

  slice(start: number, end: number): string {
    if (end > this.text.length || start > end) {
      throw new TextIndexError(`begin ${start}, end ${end}, length ${this.text.length}`);
    }
    return this.text.slice(start, end);
  }

  inBounds(index = this.position): boolean {
    return index >= 0 && index <= this.end;
  }

  isTail(): boolean {
    return this.position >= this.end;
  }

  advance(count = 1): void {
    this.position += count;
  }

  shortenEnd(): void {
    this.end -= 1;
  }

  skipBlanks(): this {
    while (this.inBounds() && this.position < this.end && this.current === " ") this.position += 1;
    return this;
  }

  trim(): this {
    this.skipBlanks();
    while (this.inBounds() && this.position < this.end && this.last === " ") this.end -= 1;
    return this;
  }

  /** Index of the first non-blank after start (start not included). */
  nextSignificantIndex(start = this.position): number {
    let index = start + 1;
    while (this.inBounds(index) && this.charAt(index) === " ") index += 1;
    return index;
  }

  /** That character, or a blank at the end. */
  nextSignificant(start = this.position): string {
    const index = this.nextSignificantIndex(start);
    return this.inBounds(index) ? this.charAt(index) : " ";
  }

  /** Index of the given character when it is the next non-blank, else -1. */
  indexOfNextSignificant(character: string, start = this.position): number {
    const index = this.nextSignificantIndex(start);
    return this.charAt(index) === character ? index : -1;
  }

  previousSignificantIndex(): number {
    let index = this.position - 1;
    while (this.inBounds(index) && this.charAt(index) === " ") index -= 1;
    return this.inBounds(index) ? index : -1;
  }

  nextIndexOf(character: string, start: number): number {
    const index = this.text.indexOf(character, start);
    return index <= this.end ? index : -1;
  }

  /** Index of the next such character after start that no backslash precedes, else -1. */
  nextUnescaped(character: string, start = this.position): number {
    for (let index = start + 1; this.inBounds(index); index += 1) {
      const found = this.text[index];
      if (found === "\\") index += 1;
      else if (found === character) return index;
    }
    return -1;
  }

  /** Index of the bracket that closes the one at start, strings (and /regexes/) skipped; else -1. */
  matchingClose(start: number, brackets: "()" | "[]" | "{}", skipRegex: boolean): number {
    const [open, close] = brackets;
    if (this.charAt(start) !== open) {
      throw new InvalidPathError(`Expected ${open} but found ${this.charAt(start)}`);
    }
    let depth = 1;
    for (let index = start + 1; this.inBounds(index); index += 1) {
      const quote = this.charAt(index);
      if (quote === "'" || quote === '"') {
        index = this.nextUnescaped(quote, index);
        if (index < 0) {
          throw new InvalidPathError(
            `Could not find matching close quote for ${quote} when parsing : ${this.text}`,
          );
        }
        index += 1;
      }
      if (skipRegex && this.charAt(index) === "/") {
        index = this.nextUnescaped("/", index);
        if (index < 0) {
          throw new InvalidPathError(
            `Could not find matching close for / when parsing regex in : ${this.text}`,
          );
        }
        index += 1;
      }
      const character = this.charAt(index);
      if (character === open) depth += 1;
      if (character === close) {
        depth -= 1;
        if (depth === 0) return index;
      }
    }
    return -1;
  }

  /** Steps over the given character, blanks before it included. */
  expect(character: string): void {
    if (this.skipBlanks().current !== character) {
      throw new InvalidPathError(`Expected character: ${character}`);
    }
    this.position += 1;
  }

  /** Steps over the given text when it comes next, blanks before it included. */
  accept(text: string): boolean {
    this.skipBlanks();
    if (!this.inBounds(this.position + text.length - 1)) return false;
    if (!this.text.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }
}
