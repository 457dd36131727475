import { JavaBigDecimal, JavaBigInteger, JavaDouble, JavaLong } from "@/server/toolkit/java/values";
import { DefinedBlock } from "@/server/vtl/directives/defined-block";
import { javaClassOf } from "@/server/vtl/values/class-of";
import { ForeachScope } from "@/server/vtl/values/foreach-scope";
import { isPlainMap } from "@/server/vtl/values/is-plain-map";
import {
  JavaCharacter,
  JavaFloat,
  JavaSmallInteger,
  MapEntry,
  MapView,
} from "@/server/vtl/values/java-objects";

const MAX_DEPTH = 5;

/** A text of at most `length` units, with an ellipsis where something was left out. */
export function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(0, length - 1))}…`;
}

/**
 * A value as its trace shows it: JSON-like, at most about `length` units. It reads only what can be read without an
 * effect on the render: nothing is printed by Java's rules, no budget is spent, and no block is rendered.
 */
export function previewValue(value: unknown, length: number): string {
  const preview = new Preview(length);
  preview.add(value, 0);
  return shorten(preview.text, length);
}

class Preview {
  text = "";

  constructor(private readonly length: number) {}

  add(value: unknown, depth: number): void {
    if (Array.isArray(value)) this.addList(value, depth);
    else if (value instanceof MapView && isPlainMap(value.map)) this.addList(value.items(), depth);
    else if (value instanceof MapEntry && isPlainMap(value.map)) {
      this.add(value.key, depth + 1);
      this.text += ": ";
      this.add(value.value, depth + 1);
    } else if (isPlainMap(value)) this.addMap(value, depth);
    else this.text += this.scalar(value);
  }

  private addList(list: readonly unknown[], depth: number): void {
    this.addMembers(["[", "]"], list.length, depth, (index) => this.add(list[index], depth + 1));
  }

  private addMap(map: ReadonlyMap<unknown, unknown>, depth: number): void {
    const entries = map.entries();
    this.addMembers(["{", "}"], map.size, depth, () => {
      const [key, value] = entries.next().value as [unknown, unknown];
      this.add(key, depth + 1);
      this.text += ": ";
      this.add(value, depth + 1);
    });
  }

  private addMembers(
    [open, close]: readonly [string, string],
    size: number,
    depth: number,
    addOne: (index: number) => void,
  ): void {
    this.text += open;
    let index = 0;
    for (; index < size && depth < MAX_DEPTH && this.text.length < this.length - 16; index++) {
      if (index > 0) this.text += ", ";
      addOne(index);
    }
    if (index < size) this.text += `${index > 0 ? ", " : ""}… ${size - index} more`;
    this.text += close;
  }

  private scalar(value: unknown): string {
    if (typeof value === "string") return JSON.stringify(shorten(value, this.length - 2));
    if (value instanceof JavaCharacter) return JSON.stringify(value.value);
    if (value instanceof JavaFloat || value instanceof JavaSmallInteger) return String(value.value);
    if (value instanceof DefinedBlock) return "#define block";
    if (value instanceof ForeachScope) return `round ${value.index}`;
    const isText =
      value instanceof JavaLong ||
      value instanceof JavaDouble ||
      value instanceof JavaBigInteger ||
      value instanceof JavaBigDecimal;
    if (isText || value === null || typeof value !== "object") return String(value ?? null);
    return value instanceof Map ? "$context" : `(${shortName(javaClassOf(value).name)})`;
  }
}

const shortName = (name: string): string =>
  name.slice(Math.max(name.lastIndexOf("."), name.lastIndexOf("$")) + 1);
