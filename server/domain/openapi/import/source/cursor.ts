/** One member's pointer below another's (RFC 6901). */
export const childPointer = (pointer: string, key: string | number) =>
  `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** The members a JSON pointer names, unescaped. */
export const pointerParts = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

export type JsonRecord = Readonly<Record<string, unknown>>;

export const isRecord = (value: unknown): value is JsonRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value of the source document together with its place, so that whatever is said of it has a line. */
export class Cursor {
  readonly value: unknown;
  readonly pointer: string;

  constructor(value: unknown, pointer: string) {
    this.value = value;
    this.pointer = pointer;
  }

  get exists(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  get(key: string): Cursor {
    const member = isRecord(this.value) && Object.hasOwn(this.value, key) ? this.value[key] : undefined;
    return new Cursor(member, childPointer(this.pointer, key));
  }

  /** The members of an object; none for anything else. */
  entries(): [key: string, member: Cursor][] {
    if (!isRecord(this.value)) return [];
    return Object.keys(this.value).map((key) => [key, this.get(key)]);
  }

  /** The items of an array; none for anything else. */
  items(): Cursor[] {
    if (!Array.isArray(this.value)) return [];
    return this.value.map((item, index) => new Cursor(item, childPointer(this.pointer, index)));
  }

  /** Text, also of a number or a boolean (YAML writes `200` and `1.0` without quotes). */
  text(): string | undefined {
    const { value } = this;
    if (typeof value === "string") return value;
    return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
  }

  flag(): boolean | undefined {
    if (typeof this.value === "boolean") return this.value;
    if (this.value === "true") return true;
    return this.value === "false" ? false : undefined;
  }

  texts(): string[] {
    return this.items().flatMap((item) => item.text() ?? []);
  }
}
