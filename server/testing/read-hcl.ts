/** A reader for the part of HCL that Gatehouse writes, after Terraform's specification of its native syntax. */
export type HclNode = { type: string; labels: string[]; body: Record<string, unknown> };

export class HclReference {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** The top-level blocks of a file. */
export function readHcl(source: string): HclNode[] {
  const reader = new HclReader(source);
  const nodes: HclNode[] = [];
  for (reader.space(); !reader.atEnd; reader.space()) nodes.push(reader.block());
  return nodes;
}

/** The value of one expression. References stand as `${address}` in texts. */
export function readHclExpression(source: string): unknown {
  return new HclReader(source).expression();
}

class HclReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  space(): void {
    this.#take(/(?:\s+|#[^\n]*)*/y);
  }

  block(): HclNode {
    const type = this.#word();
    const labels: string[] = [];
    for (this.space(); this.#peek('"'); this.space()) labels.push(this.#quoted());
    return { type, labels, body: this.#body() };
  }

  #body(): Record<string, unknown> {
    const body: Record<string, unknown> = {};
    this.#expect("{");
    for (this.space(); !this.#skip("}"); this.space()) {
      const name = this.#word();
      this.#take(/[ \t]*/y);
      if (!this.#peek("=")) {
        body[name] = this.#body();
        continue;
      }
      this.#expect("=");
      body[name] = this.expression();
      // An attribute ends with its line.
      if (this.#text[this.#at - 1] !== "\n") this.#take(/[ \t]*\n/y, true);
    }
    return body;
  }

  expression(): unknown {
    this.#take(/[ \t]*/y);
    if (this.#peek('"')) return this.#quoted();
    if (this.#peek("<<")) return this.#heredoc();
    if (this.#skip("[")) return this.#list();
    if (this.#skip("{")) return this.#map();
    if (this.#skip("(")) {
      const value = this.expression();
      this.space();
      this.#expect(")");
      return value;
    }
    const word = this.#take(/-?[\w.]+/y, true);
    if (word === "trimsuffix") return this.#trimmed();
    if (word === "true" || word === "false") return word === "true";
    return /^-?\d/.test(word) ? Number(word) : new HclReference(word);
  }

  #trimmed(): string {
    this.#expect("(");
    const text = String(this.expression());
    this.space();
    this.#expect(",");
    this.space();
    const suffix = this.#quoted();
    this.#expect(")");
    return text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
  }

  #list(): unknown[] {
    const items: unknown[] = [];
    for (this.space(); !this.#skip("]"); this.space()) {
      items.push(this.expression());
      this.space();
      if (!this.#peek("]")) this.#expect(",");
    }
    return items;
  }

  #map(): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    for (this.space(); !this.#skip("}"); this.space()) {
      const key = this.#peek('"') ? this.#quoted() : this.#word();
      this.#take(/[ \t]*/y);
      this.#expect("=");
      entries.push([key, this.expression()]);
    }
    return Object.fromEntries(entries);
  }

  #quoted(): string {
    this.#expect('"');
    let text = "";
    while (!this.#skip('"')) {
      if (this.#skip("\\")) text += this.#escape();
      else text += this.#piece(/[^"\\\n]/uy);
    }
    return text;
  }

  #escape(): string {
    const char = this.#take(/u[0-9a-f]{4}|[nrt"\\]/y, true);
    if (char.startsWith("u")) return String.fromCharCode(Number.parseInt(char.slice(1), 16));
    return { n: "\n", r: "\r", t: "\t" }[char] ?? char;
  }

  #heredoc(): string {
    this.#expect("<<");
    const end = this.#word();
    this.#take(/\n/y, true);
    const stop = new RegExp(`[ \\t]*${end}\\n`, "y");
    let text = "";
    for (let lineStart = true; ; ) {
      if (lineStart && this.#matches(stop)) break;
      const piece = this.#piece(/[\s\S]/uy);
      text += piece;
      lineStart = piece === "\n";
    }
    this.#take(stop, true);
    // The line break after the end belongs to the attribute.
    return text;
  }

  /** One character of a template, an escaped sign, or an expression in `${}`. */
  #piece(plain: RegExp): string {
    if (this.#skip("$${")) return "${";
    if (this.#skip("%%{")) return "%{";
    if (this.#skip("%{")) throw new Error(`a directive at ${this.#at}`);
    if (!this.#skip("${")) return this.#take(plain, true);
    const value = this.expression();
    this.#expect("}");
    return value instanceof HclReference ? `\${${value.text}}` : String(value);
  }

  #word(): string {
    return this.#take(/[A-Za-z_][\w-]*/y, true);
  }

  #peek(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }

  #skip(text: string): boolean {
    if (!this.#peek(text)) return false;
    this.#at += text.length;
    return true;
  }

  #expect(text: string): void {
    if (!this.#skip(text))
      throw new Error(
        `${JSON.stringify(text)} expected at ${JSON.stringify(this.#text.slice(this.#at, this.#at + 40))}`,
      );
  }

  #matches(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#text);
  }

  #take(pattern: RegExp, needed = false): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) {
      if (needed)
        throw new Error(
          `${pattern} expected at ${JSON.stringify(this.#text.slice(this.#at, this.#at + 40))}`,
        );
      return "";
    }
    this.#at += found.length;
    return found;
  }
}
