import { JavaDouble, JsonArray } from "../java/values";
import { decimalFromText, integerFromText } from "./json-number";
import { JsonObject } from "./json-object";
import type { KeyNode } from "./key-chain";

/** Kinds of values on a tape, in the low bits of their first number. */
export const KIND = {
  text: 0,
  escapedText: 1,
  integer: 2,
  decimal: 3,
  true: 4,
  false: 5,
  null: 6,
  array: 8,
  object: 9,
} as const;
export const KIND_BITS = 4;
const KIND_MASK = (1 << KIND_BITS) - 1;

/** Numbers an entry takes. Scalars: start and kind, end. Containers: start and kind, next entry, end, members. */
export const SCALAR_SIZE = 2;
export const CONTAINER_SIZE = 4;

/** Powers of ten that are exact as doubles. */
const POWERS_OF_TEN = Array.from({ length: 16 }, (_, i) => 10 ** i);
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const POINT = 0x2e;
const MINUS = 0x2d;
/** Numbers up to this length are read digit by digit without leaving what a double holds exactly. */
const SHORT_INTEGER = 9;
const SHORT_DECIMAL = 15;

/** How much a text holds: its objects, its arrays, and the members of both. */
export type JsonCounts = { objects: number; arrays: number; members: number };

/** What a scan has learned besides where the values are. */
type TapeFacts = {
  /** Last keys of objects, by the number objects name as their members. */
  chains: readonly KeyNode[];
  /** The text is spelled as writeJson spells its value. */
  exact: boolean;
  counts: Readonly<JsonCounts>;
};

/**
 * Where the values of a JSON text are. Values are made when they are asked for: a template that looks at three fields
 * of a payload does not pay for the rest.
 */
export class JsonTape {
  private readonly chains: readonly KeyNode[];
  private readonly exact: boolean;
  readonly counts: Readonly<JsonCounts>;

  constructor(
    readonly text: string,
    private readonly entries: Int32Array,
    { chains, exact, counts }: TapeFacts,
  ) {
    this.chains = chains;
    this.exact = exact;
    this.counts = counts;
  }

  /** The value of an entry: new objects and arrays with each call. */
  valueAt(entry: number): unknown {
    const { entries, text } = this;
    const first = entries[entry] as number;
    const start = first >> KIND_BITS;
    const end = entries[entry + 1] as number;
    switch (first & KIND_MASK) {
      case KIND.text:
        return text.slice(start, end);
      case KIND.escapedText:
        return this.unescaped(start, end);
      case KIND.integer:
        return this.integer(start, end);
      case KIND.decimal:
        return this.decimal(start, end);
      case KIND.true:
        return true;
      case KIND.false:
        return false;
      case KIND.array:
        return this.array(entry);
      case KIND.object:
        return new JsonObject(this, entry);
      default:
        return null;
    }
  }

  /** The chain of an object's keys; null where it has none. */
  chainOf(object: number): KeyNode | null {
    const members = this.entries[object + 3] as number;
    return members < 0 ? null : (this.chains[members] as KeyNode);
  }

  /** The values of an object, in the order of its keys. */
  membersOf(object: number, count: number): unknown[] {
    let entry = object + CONTAINER_SIZE;
    // Very common (DynamoDB's {"S": …}), and quicker than to make an array and fill it.
    if (count === 1) return [this.valueAt(entry)];
    const members: unknown[] = new Array(count);
    for (let i = 0; i < count; i += 1) {
      members[i] = this.valueAt(entry);
      entry = this.after(entry);
    }
    return members;
  }

  /** The text of a container where writing its value would give just that. */
  writtenText(container: number): string | undefined {
    if (!this.exact) return undefined;
    const { entries } = this;
    return this.text.slice((entries[container] as number) >> KIND_BITS, entries[container + 2]);
  }

  private array(container: number): JsonArray {
    const count = this.entries[container + 3] as number;
    const array = new JsonArray();
    let entry = container + CONTAINER_SIZE;
    for (let i = 0; i < count; i += 1) {
      array[i] = this.valueAt(entry);
      entry = this.after(entry);
    }
    return array;
  }

  private after(entry: number): number {
    const isContainer = ((this.entries[entry] as number) & KIND_MASK) >= KIND.array;
    return isContainer ? (this.entries[entry + 1] as number) : entry + SCALAR_SIZE;
  }

  /** Quotes and backslashes are what most escapes are for. */
  private unescaped(start: number, end: number): string {
    const { text } = this;
    let out = "";
    let from = start;
    for (let at = start; at < end; at += 1) {
      if (text.charCodeAt(at) !== BACKSLASH) continue;
      const code = text.charCodeAt(at + 1);
      if (code !== QUOTE && code !== BACKSLASH) return JSON.parse(text.slice(start - 1, end + 1));
      out += text.slice(from, at);
      from = at + 1;
      at = from;
    }
    return out + text.slice(from, end);
  }

  private integer(start: number, end: number): unknown {
    const { text } = this;
    if (end - start > SHORT_INTEGER) return integerFromText(text.slice(start, end));
    const negative = text.charCodeAt(start) === MINUS;
    let value = 0;
    for (let at = negative ? start + 1 : start; at < end; at += 1) {
      value = value * 10 + text.charCodeAt(at) - 48;
    }
    return negative ? 0 - value : value;
  }

  private decimal(start: number, end: number): unknown {
    const { text } = this;
    if (end - start > SHORT_DECIMAL) return decimalFromText(text.slice(start, end));
    const negative = text.charCodeAt(start) === MINUS;
    let value = 0;
    let point = end;
    for (let at = negative ? start + 1 : start; at < end; at += 1) {
      const code = text.charCodeAt(at);
      if (code === POINT) point = at;
      else if (code >= 48 && code <= 57) value = value * 10 + code - 48;
      else return decimalFromText(text.slice(start, end));
    }
    // Both are exact doubles, so the quotient is the double nearest to the decimal.
    const quotient = value / (POWERS_OF_TEN[end - point - 1] as number);
    return new JavaDouble(negative ? -quotient : quotient);
  }
}
