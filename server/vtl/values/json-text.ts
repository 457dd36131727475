import { JavaDouble } from "@/server/toolkit/java/values";
import {
  JsonWriteError,
  MAX_JSON_DEPTH,
  type WriteJsonOptions,
  writeJson,
} from "@/server/toolkit/json/write-json";
import type { Budget } from "@/server/vtl/values/budget";
import { JavaException, nullPointer } from "@/server/vtl/values/java-exception";
import {
  JavaFloat,
  JavaSmallInteger,
  MapView,
  TemplateObject,
  TypedArray,
} from "@/server/vtl/values/java-objects";
import { limitError } from "@/server/vtl/values/limit-error";

export type JsonTextOptions = {
  readonly escapeSlash: boolean;
  /** Text of a map key that is no string. */
  readonly toText: (value: unknown) => string;
};

/** JSON text of a value as json-smart writes it, whatever a template has put into it. */
export function jsonText(value: unknown, options: JsonTextOptions, budget: Budget): string {
  let foreign = false;
  const toText = (other: unknown): string => {
    // Values are never null here: it is a map's key, whose text json-smart asks for.
    if (other === null) throw nullPointer("key");
    foreign = true;
    return options.toText(other);
  };
  const check = (length: number): void => {
    budget.spend(1);
    budget.checkText(length);
  };
  const text = written(value, { escapeSlash: options.escapeSlash, toText, check });
  return foreign ? written(withJsonValues(value, budget, 0), { ...options, check }) : text;
}

function written(value: unknown, options: WriteJsonOptions): string {
  try {
    return writeJson(value, options);
  } catch (error) {
    if (!(error instanceof JsonWriteError)) throw error;
    throw limitError("json-depth", MAX_JSON_DEPTH);
  }
}

/** The value with what JSON does not know replaced: collections by lists, objects by empty ones. */
function withJsonValues(value: unknown, budget: Budget, depth: number): unknown {
  budget.spend(1);
  budget.hold(32);
  budget.checkDepth(depth);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof TypedArray && "char byte".includes(value.component)) {
    throw new JavaException("java.lang.ClassCastException", "an array of primitives is no array of objects");
  }
  if (Array.isArray(value)) return value.map((item) => withJsonValues(item, budget, depth + 1));
  if (value instanceof MapView) return value.items().map((item) => withJsonValues(item, budget, depth + 1));
  if (value instanceof Map) {
    const copy = new Map<unknown, unknown>();
    for (const [key, member] of value) copy.set(key, withJsonValues(member, budget, depth + 1));
    return copy;
  }
  if (value instanceof JavaSmallInteger) return value.value;
  if (value instanceof JavaFloat) return new JavaDouble(value.value);
  return value instanceof TemplateObject || !isNumberObject(value) ? new Map() : value;
}

function isNumberObject(value: object): boolean {
  return "value" in value ? typeof value.value !== "string" : "unscaled" in value;
}
