import { javaFloatDigits } from "@/server/toolkit/java/java-double-digits";
import {
  formatDouble,
  JavaArray,
  JavaBigDecimal,
  JavaBigInteger,
  JavaDouble,
  JavaLong,
  JsonArray,
} from "@/server/toolkit/java/values";
import type { Budget } from "@/server/vtl/values/budget";
import {
  arrayClassNames,
  JavaCharacter,
  JavaFloat,
  JavaIterator,
  JavaSmallInteger,
  MapEntry,
  MapView,
  TemplateObject,
  TypedArray,
} from "@/server/vtl/values/java-objects";
import { jsonText } from "@/server/vtl/values/json-text";
import { numberCost } from "@/server/vtl/values/numbers/number-size";

const SHORT_TEXT = 64;

/**
 * What Java's toString() gives: `{a=1, b=[x, y]}` for maps and lists made in the template, JSON text for arrays that
 * came from JSON. Throws a VtlError of kind "limit" for values that are too deep or too long.
 */
export function toText(value: unknown, budget: Budget): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "true" : "false";
  if (value instanceof JavaDouble) return formatDouble(value.value);
  const cost = numberCost(value);
  if (cost > 0) budget.text(cost);
  const text = new Printer(budget).print(value, 0);
  if (text.length > SHORT_TEXT) budget.text(text.length);
  return text;
}

class Printer {
  private length = 0;
  constructor(private readonly budget: Budget) {}

  print(value: unknown, depth: number): string {
    const text = this.textOf(value, depth);
    this.length += text.length;
    this.budget.checkText(this.length);
    return text;
  }

  private textOf(value: unknown, depth: number): string {
    switch (typeof value) {
      case "string":
        return value;
      case "number":
      case "boolean":
        return String(value);
      case "object":
        if (value !== null) return this.objectText(value, depth);
    }
    return "null";
  }

  private objectText(value: object, depth: number): string {
    this.budget.checkDepth(depth);
    if (value instanceof Map) return this.mapText(value, depth);
    if (Array.isArray(value)) {
      if (value instanceof JsonArray) return this.jsonText(value);
      if (value instanceof JavaArray) return `${arrayName(value)}@${identity(value)}`;
      return this.itemsText(value, value, depth);
    }
    if (value instanceof MapView) return this.itemsText(value.items(), value, depth);
    if (value instanceof MapEntry)
      return `${this.print(value.key, depth + 1)}=${this.print(value.value, depth + 1)}`;
    if (value instanceof TemplateObject) return value.toText() ?? "null";
    return scalarText(value);
  }

  private mapText(map: ReadonlyMap<unknown, unknown>, depth: number): string {
    if (isHidden(map)) return "";
    let out = "{";
    let separator = "";
    for (const [key, value] of map) {
      const keyText = key === map ? "(this Map)" : this.print(key, depth + 1);
      out += `${separator}${keyText}=${value === map ? "(this Map)" : this.print(value, depth + 1)}`;
      separator = ", ";
    }
    return `${out}}`;
  }

  private itemsText(items: readonly unknown[], self: object, depth: number): string {
    let out = "[";
    for (let i = 0; i < items.length; i++) {
      if (i > 0) out += ", ";
      if ((i & 15) === 0) this.budget.spend(1);
      out += items[i] === self ? "(this Collection)" : this.print(items[i], depth + 1);
    }
    return `${out}]`;
  }

  private jsonText(value: JsonArray): string {
    this.budget.spend(1);
    return jsonText(value, { escapeSlash: true, toText: (other) => this.print(other, 0) }, this.budget);
  }
}

function arrayName(array: JavaArray): string {
  const component = array instanceof TypedArray ? array.component : "Object";
  return arrayClassNames[component] ?? (arrayClassNames.Object as string);
}

/** Text of a value that holds no others. */
function scalarText(value: object): string {
  if (value instanceof JavaDouble) return formatDouble(value.value);
  if (value instanceof JavaLong || value instanceof JavaBigInteger || value instanceof JavaBigDecimal) {
    return value.toString();
  }
  if (value instanceof JavaCharacter) return value.value;
  if (value instanceof JavaSmallInteger) return String(value.value);
  if (value instanceof JavaFloat) return formatFloat(value.value);
  if (value instanceof JavaIterator) return `${value.className}@${identity(value)}`;
  return `java.lang.Object@${identity(value)}`;
}

const hidden: unique symbol = Symbol("prints as nothing");

/** Makes a map print as the empty string, as `$context` and the objects in it do. */
export function hideText(map: object): void {
  (map as { [hidden]?: true })[hidden] = true;
}

function isHidden(map: object): boolean {
  return (map as { [hidden]?: true })[hidden] === true;
}

/** Java prints an address-like number for objects without a text; ours is the same for all of them. */
export function identity(_value: object): string {
  return "1b6d3586";
}

/** Float.toString(): like Double.toString(), with the digits a float needs. */
export function formatFloat(value: number): string {
  if (!Number.isFinite(value) || value === 0) return formatDouble(value);
  const size = Math.abs(value);
  const { digits, exponent } = javaFloatDigits(size);
  const sign = value < 0 ? "-" : "";
  if (size < 1e-3 || size >= 1e7) {
    return `${sign}${digits[0]}.${digits.slice(1) || "0"}E${exponent - 1}`;
  }
  if (exponent <= 0) return `${sign}0.${"0".repeat(-exponent)}${digits}`;
  const padded = digits.padEnd(exponent + 1, "0");
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}
