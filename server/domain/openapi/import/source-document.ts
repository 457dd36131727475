import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { Cursor, pointerParts } from "./cursor";
import { ImportError } from "./import-error";

/** AWS's limit for an imported definition. */
export const MAX_SOURCE_BYTES = 6 * 1024 * 1024;
/** Levels of nesting; schemas written by people stay below 50. */
const MAX_DEPTH = 200;
/** Values after aliases are followed. An alias bomb of ten lines has 10⁹. */
const MAX_VALUES = 2_000_000;
/** How many values one alias may stand for, counted by the YAML reader. */
const MAX_ALIAS_COUNT = 100;

/** A JSON or YAML text, read, with the line of every value. */
export class SourceDocument {
  readonly root: Cursor;
  readonly #document: Document.Parsed;
  readonly #lines: LineCounter;

  /** @throws ImportError for a text that is neither, is too large or nests too deep */
  constructor(text: string) {
    if (new TextEncoder().encode(text).length > MAX_SOURCE_BYTES) {
      throw new ImportError("LIMIT", `The document is larger than ${MAX_SOURCE_BYTES / 1024 / 1024} MB`);
    }
    this.#lines = new LineCounter();
    this.#document = read(text, this.#lines);
    this.root = new Cursor(toValue(this.#document), "");
  }

  /** The 1-based line of the value a pointer names, or of the nearest value around it. */
  lineOf(pointer: string): number {
    const offset = this.#find(pointer).offset;
    return this.#lines.linePos(offset).line || 1;
  }

  /** How a scalar was written: `1.0`, where its value is 1. */
  writtenAs(pointer: string): string | undefined {
    const { node, exact } = this.#find(pointer);
    return exact && isScalar(node) && typeof node.source === "string" ? node.source : undefined;
  }

  #find(pointer: string): { node: Node | null; offset: number; exact: boolean } {
    let node: Node | null = this.#document.contents;
    let offset = node?.range?.[0] ?? 0;
    for (const part of pointerParts(pointer)) {
      if (isAlias(node)) node = node.resolve(this.#document) ?? null;
      let next: Node | null = null;
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === part);
        if (!pair) return { node, offset, exact: false };
        offset = (pair.key as Node).range?.[0] ?? offset;
        next = pair.value as Node | null;
      } else if (isSeq(node)) {
        next = (node.items[Number(part)] as Node | undefined) ?? null;
        offset = next?.range?.[0] ?? offset;
      }
      if (!next) return { node, offset, exact: false };
      node = next;
    }
    return { node, offset, exact: true };
  }
}

function read(text: string, lineCounter: LineCounter): Document.Parsed {
  const isJson = canBeJson(text);
  // A JSON text has tabs only between its tokens; YAML takes no tabs for indentation. The offsets stay.
  const source = isJson ? text.replaceAll("\t", " ") : text;
  let document: Document.Parsed;
  try {
    document = parseDocument(source, { lineCounter, merge: true, uniqueKeys: !isJson, prettyErrors: false });
  } catch (error) {
    throw new ImportError("LIMIT", `The document cannot be read: ${reason(error)}`);
  }
  const fault = document.errors[0];
  if (!fault) return document;
  // The code is of the reader's own; its type does not list it.
  if ((fault.code as string) === "RESOURCE_EXHAUSTION") {
    throw new ImportError("LIMIT", `The document nests deeper than ${MAX_DEPTH} levels`);
  }
  const { line, col } = lineCounter.linePos(fault.pos[0]);
  throw new ImportError("SYNTAX", `Invalid OpenAPI input: ${fault.message}`, { line, column: col });
}

function canBeJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function toValue(document: Document.Parsed): unknown {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MAX_ALIAS_COUNT });
  } catch (error) {
    throw new ImportError("LIMIT", `The document cannot be read: ${reason(error)}`);
  }
  measure(value);
  return value;
}

/** Walks the value without recursion: a deep or endless one must not end the stack. */
function measure(root: unknown): void {
  let count = 0;
  const open: [value: unknown, depth: number][] = [[root, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, depth] = next;
    if (++count > MAX_VALUES)
      throw new ImportError("LIMIT", `The document has more than ${MAX_VALUES} values`);
    if (typeof value !== "object" || value === null) continue;
    if (depth > MAX_DEPTH)
      throw new ImportError("LIMIT", `The document nests deeper than ${MAX_DEPTH} levels`);
    for (const member of Object.values(value)) open.push([member, depth + 1]);
  }
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));
