import { javaClassOf } from "@/server/vtl/values/class-of";
import { ForeachScope } from "@/server/vtl/values/foreach-scope";
import type { JavaMethod } from "@/server/vtl/values/java-class";

/** What is known of a value before a template runs. `sample` is its value on the sample, where that tells. */
export type KnownType =
  | { readonly kind: "text" | "number" | "boolean"; readonly sample?: unknown }
  | { readonly kind: "list"; readonly sample?: readonly unknown[] }
  | { readonly kind: "map"; readonly sample?: Readonly<Record<string, unknown>> }
  | { readonly kind: "round" | "unknown"; readonly sample?: undefined };

export const UNKNOWN: KnownType = { kind: "unknown" };

/** The type of a value as JSON has it. Null says nothing. */
export function typeOfJson(value: unknown): KnownType {
  if (typeof value === "string") return { kind: "text", sample: value };
  if (typeof value === "number") return { kind: "number", sample: value };
  if (typeof value === "boolean") return { kind: "boolean", sample: value };
  if (Array.isArray(value)) return { kind: "list", sample: value };
  if (typeof value === "object" && value !== null)
    return { kind: "map", sample: value as Record<string, unknown> };
  return UNKNOWN;
}

const EXAMPLES: Readonly<Record<Exclude<KnownType["kind"], "unknown">, unknown>> = {
  text: "",
  number: 0,
  boolean: true,
  list: [],
  map: new Map(),
  round: new ForeachScope({}, null, () => ({ line: 1, column: 1, templateName: "" })),
};

/** Of no use in a template. */
const HIDDEN = new Set(["getClass", "notifyAll", "hashCode", "wait", "notify"]);

/** The methods a template can call on such a value, from the engine's own tables. */
export function methodsOf(type: KnownType): JavaMethod[] {
  if (type.kind === "unknown") return [];
  const { methods } = javaClassOf(EXAMPLES[type.kind]);
  return [...methods.values()].flat().filter(({ name, isStatic }) => !isStatic && !HIDDEN.has(name));
}

/** What a method of such a value gives. */
export function typeOfCall(type: KnownType, name: string): KnownType {
  return typeOfJava(methodsOf(type).find((method) => method.name === name)?.returns ?? "");
}

export function typeOfJava(returns: string): KnownType {
  if (returns === "String") return { kind: "text" };
  if (/^(?:int|long|short|byte|double|float|Integer|Long|Double)$/.test(returns)) return { kind: "number" };
  if (/^[bB]oolean$/.test(returns)) return { kind: "boolean" };
  if (/\[\]$|^(?:List|Collection|Set)$/.test(returns)) return { kind: "list" };
  return returns === "Map" ? { kind: "map" } : UNKNOWN;
}
