import { ImportError } from "../import-error";
import { Cursor } from "./cursor";
import { type JsonPlace, jsonPlaces } from "./json-places";
import { YamlSource } from "./yaml-source";

/** AWS's limit for an imported definition. */
export const MAX_SOURCE_BYTES = 6 * 1024 * 1024;
/** Levels of nesting; schemas written by people stay below 50. */
const MAX_DEPTH = 200;
/** Values after aliases are followed. An alias bomb of ten lines has 10⁹. */
const MAX_VALUES = 2_000_000;
/** Characters of what is made of a document. References let a small one say the same thing a thousand times. */
const MAX_MADE = 50_000_000;
/** A value that is only looked at takes as long as this many characters. */
const VALUE_SIZE = 100;

/** How a text was read: its value, and where in the text a value stands. */
export type Source = {
  readonly value: unknown;
  /** The offset of the value a pointer names (of its key, if it has one), or of the nearest value around it. */
  offsetOf(pointer: string): number;
  /** How a number was written; undefined for anything else. */
  numberText(pointer: string): string | undefined;
};

/** A JSON or YAML text, read, with the line of every value. */
export class SourceDocument {
  readonly root: Cursor;
  readonly #source: Source;
  readonly #lineStarts: number[];
  #made = 0;

  /** @throws ImportError for a text that is neither, is too large or nests too deep */
  constructor(text: string) {
    if (new TextEncoder().encode(text).length > MAX_SOURCE_BYTES) {
      throw new ImportError("LIMIT", `The document is larger than ${MAX_SOURCE_BYTES / 1024 / 1024} MB`);
    }
    this.#source = readJson(text) ?? new YamlSource(text);
    measure(this.#source.value);
    this.#lineStarts = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#lineStarts.push(at + 1);
    this.root = new Cursor(this.#source.value, "");
  }

  /**
   * Counts what a reader makes of the document, in characters, and what it looks at time and again, in values.
   *
   * @throws ImportError once it is too much
   */
  charge({ characters = 0, values = 0 }: { characters?: number; values?: number }): void {
    this.#made += characters + values * VALUE_SIZE;
    if (this.#made > MAX_MADE)
      throw new ImportError("LIMIT", "The document's references repeat too much of it");
  }

  /** The 1-based line of the value a pointer names, or of the nearest value around it. */
  lineOf(pointer: string): number {
    const offset = this.#source.offsetOf(pointer);
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** How a number was written: `1.10`, where its value is 1.1. Undefined for other values. */
  writtenAs(pointer: string): string | undefined {
    return this.#source.numberText(pointer);
  }
}

/** Reads what is JSON some ten times faster than YAML's reader would. Null for a text that is not JSON. */
function readJson(text: string): Source | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  let known: ReadonlyMap<string, JsonPlace> | undefined;
  const placeOf = (pointer: string): JsonPlace | undefined => {
    known ??= jsonPlaces(text);
    return known.get(pointer);
  };
  return {
    value,
    offsetOf(pointer) {
      // Ends at the whole document, whose pointer is "".
      for (let at = pointer; ; at = at.slice(0, at.lastIndexOf("/"))) {
        const place = placeOf(at);
        if (place) return place.key;
      }
    },
    numberText(pointer) {
      const place = placeOf(pointer);
      return place && /^-?\d[\d.eE+-]*/.exec(text.slice(place.value, place.value + 40))?.[0];
    },
  };
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
