import type { Cursor } from "./source/cursor";
import type { SourceDocument } from "./source/source-document";

/** `kept`: means the same here; `translated`: said in another way; `dropped`: has no place in an API definition. */
export type ReportOutcome = "kept" | "translated" | "dropped";

/** What became of one part of the source. `path` is its JSON pointer, `line` its 1-based line. */
export type ReportEntry = {
  readonly outcome: ReportOutcome;
  readonly path: string;
  readonly line: number;
  readonly message: string;
  /** Amazon API Gateway lists this text among the import's `warnings`, and fails on it with `failonwarnings`. */
  readonly warning?: true;
};

/** Collects the entries of one import, in the order of the source. */
export class Report {
  readonly #source: SourceDocument;
  readonly #entries: ReportEntry[] = [];
  readonly #seen = new Set<string>();

  constructor(source: SourceDocument) {
    this.#source = source;
  }

  kept(at: Cursor, message: string): void {
    this.#add("kept", at, { message });
  }

  translated(at: Cursor, message: string): void {
    this.#add("translated", at, { message });
  }

  dropped(at: Cursor, message: string): void {
    this.#add("dropped", at, { message });
  }

  /** Something dropped of which AWS warns in these very words. */
  warned(at: Cursor, message: string): void {
    this.#add("dropped", at, { message, warning: true });
  }

  entries(): ReportEntry[] {
    return this.#entries.toSorted((a, b) => a.line - b.line);
  }

  #add(outcome: ReportOutcome, at: Cursor, { message, warning }: { message: string; warning?: true }): void {
    // A shared parameter or schema is read once per use; it is reported once.
    const key = `${outcome} ${at.pointer} ${message}`;
    this.#source.charge({ characters: key.length });
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const line = this.#source.lineOf(at.pointer);
    this.#entries.push({ outcome, path: at.pointer, line, message, ...(warning ? { warning } : {}) });
  }
}
