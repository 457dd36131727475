/** Where a text stops being JSON (RFC 8259), and why. The offset is in UTF-16 units. */
export type JsonMistake = { readonly offset: number; readonly message: string };

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[^\s{}[\],:"]+/y;
const WHITE = /[ \t\r\n]*/y;
const STRING_PART = /(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/uy;

/** The first mistake of a text that should be JSON, or null if it is JSON. */
export function findJsonMistake(text: string): JsonMistake | null {
  try {
    JSON.parse(text);
    return null;
  } catch {
    return new Scan(text).run();
  }
}

/** Reads with a stack of its own, so that deep nesting is no problem. */
class Scan {
  private at = 0;
  private readonly open: ("{" | "[")[] = [];

  constructor(private readonly text: string) {}

  run(): JsonMistake {
    let wants: "value" | "value-or-end" | "name-or-end" | "name" | "after" = "value";
    for (;;) {
      this.skip(WHITE);
      const ch = this.text[this.at];
      if (wants === "after") {
        const inside = this.open.at(-1);
        if (inside === undefined) return this.mistake(`${this.shown()} stands after the end of the value`);
        if (ch === ",") {
          this.at++;
          wants = inside === "{" ? "name" : "value";
        } else if (ch === (inside === "{" ? "}" : "]")) {
          this.at++;
          this.open.pop();
        } else
          return this.mistake(`A comma or ${inside === "{" ? "}" : "]"} is missing before ${this.shown()}`);
        continue;
      }
      if (wants === "name" || wants === "name-or-end") {
        if (ch === "}" && wants === "name-or-end") {
          this.at++;
          this.open.pop();
          wants = "after";
          continue;
        }
        if (ch === "}") return this.mistake("The comma before } is one too many");
        if (ch !== '"') return this.mistake(`A name in quotes is wanted, not ${this.shown()}`);
        const broken = this.string();
        if (broken) return broken;
        this.skip(WHITE);
        if (this.text[this.at] !== ":") return this.mistake(`A colon is missing before ${this.shown()}`);
        this.at++;
        wants = "value";
        continue;
      }
      if (ch === "]" && wants === "value-or-end") {
        this.at++;
        this.open.pop();
        wants = "after";
        continue;
      }
      const found = this.value(ch);
      if (typeof found !== "string") return found;
      wants = found;
    }
  }

  /** Reads a value, or the beginning of one; what is wanted next, or the mistake. */
  private value(ch: string | undefined): "after" | "name-or-end" | "value-or-end" | JsonMistake {
    if (ch === "{" || ch === "[") {
      this.at++;
      this.open.push(ch);
      return ch === "{" ? "name-or-end" : "value-or-end";
    }
    if (ch === '"') return this.string() ?? "after";
    const start = this.at;
    if (this.skip(NUMBER) > start) {
      const end = this.at;
      if (this.skip(WORD) === end) return "after";
      this.at = start;
      return this.mistake(`${this.shown()} is neither a number nor in quotes`);
    }
    this.skip(WORD);
    const word = this.text.slice(start, this.at);
    if (word === "true" || word === "false" || word === "null") return "after";
    this.at = start;
    if (word !== "") return this.mistake(`${this.shown()} is not in quotes`);
    return this.mistake(
      ch === "]" ? "The comma before ] is one too many" : `A value is missing before ${this.shown()}`,
    );
  }

  private string(): JsonMistake | null {
    this.at++;
    this.skip(STRING_PART);
    const ch = this.text[this.at];
    if (ch === '"') {
      this.at++;
      return null;
    }
    if (ch === undefined) return this.mistake("A string is not closed");
    if (ch === "\\") {
      const broken = this.text.slice(this.at, this.at + 2);
      return this.mistake(`${broken} is no escape of JSON`);
    }
    return this.mistake("A string holds a line end or another control character");
  }

  private skip(pattern: RegExp): number {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match) this.at += match[0].length;
    return this.at;
  }

  private shown(): string {
    WORD.lastIndex = this.at;
    const word = WORD.exec(this.text)?.[0] ?? this.text.slice(this.at, this.at + 1);
    if (word === "") return "the end";
    return word.length > 24 ? `${word.slice(0, 24)}…` : word;
  }

  private mistake(message: string): JsonMistake {
    return { offset: Math.min(this.at, this.text.length), message };
  }
}
