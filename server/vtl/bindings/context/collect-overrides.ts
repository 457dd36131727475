import { JavaBigDecimal, JavaBigInteger, JavaDouble, JavaLong } from "@/server/toolkit/java/values";
import type { ContextMap } from "@/server/vtl/bindings/context/context-map";
import type { OverrideValue, VtlOverrides } from "@/server/vtl/render-types";
import type { CallEnvironment } from "@/server/vtl/values/java-class";
import { JavaFloat, JavaSmallInteger, MapView } from "@/server/vtl/values/java-objects";
import { doubleValue } from "@/server/vtl/values/numbers/arithmetic";

/** What the template stored below the two override objects; a part is left out while nothing is in it. */
export function collectOverrides(context: ContextMap, env: CallEnvironment): VtlOverrides {
  const overrides: Record<string, OverrideValue> = {};
  for (const name of ["requestOverride", "responseOverride"]) {
    const value = context.touched(name);
    if (value !== undefined && holdsAnything(value, env, 0)) overrides[name] = plain(value, env, 0);
  }
  return overrides as VtlOverrides;
}

function holdsAnything(value: unknown, env: CallEnvironment, depth: number): boolean {
  env.budget.spend(1);
  if (!(value instanceof Map) || depth > 50) return true;
  for (const member of value.values()) if (holdsAnything(member, env, depth + 1)) return true;
  return false;
}

/** Memory for a member of the plain objects. */
const MEMBER_UNITS = 32;

function plain(value: unknown, env: CallEnvironment, depth: number): OverrideValue {
  env.budget.spend(1);
  env.budget.hold(MEMBER_UNITS);
  env.budget.checkDepth(depth);
  if (value === null || value === undefined) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value instanceof Map) {
    const members: [string, OverrideValue][] = [];
    for (const [name, member] of value) members.push([env.toText(name), plain(member, env, depth + 1)]);
    return Object.fromEntries(members);
  }
  if (Array.isArray(value)) return value.map((item) => plain(item, env, depth + 1));
  if (value instanceof MapView) return value.items().map((item) => plain(item, env, depth + 1));
  if (isNumber(value)) {
    const number = doubleValue(value);
    return Number.isFinite(number) ? number : env.toText(value);
  }
  return env.toText(value);
}

type AnyNumber = JavaLong | JavaBigInteger | JavaDouble | JavaBigDecimal | JavaFloat | JavaSmallInteger;

function isNumber(value: unknown): value is AnyNumber {
  return (
    value instanceof JavaLong ||
    value instanceof JavaBigInteger ||
    value instanceof JavaDouble ||
    value instanceof JavaBigDecimal ||
    value instanceof JavaFloat ||
    value instanceof JavaSmallInteger
  );
}
