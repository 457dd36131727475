import type { JavaClass, JavaMethod } from "@/server/vtl/values/java-class";
import { accepts, boxedName, isArrayType, passesTo } from "@/server/vtl/values/java-types";

type Methods = ReadonlyMap<string, readonly JavaMethod[]>;

/** Methods no template may call, whatever the object. */
const refused = new Set(["wait", "notify"]);

/**
 * The overload Velocity 1.7 picks for arguments of the given classes (null for a null argument), or null where none
 * fits or none is the most specific. A method without parameters fits any arguments: calling it then fails.
 */
export function findMethod(
  owner: JavaClass,
  name: string,
  args: readonly (string | null)[],
): JavaMethod | null {
  if (refused.has(name)) return null;
  const found = pick(owner.methods, name, args);
  if (found !== null || owner.wrapped === null) return found;
  return pick(owner.wrapped, name, args);
}

function pick(methods: Methods, name: string, args: readonly (string | null)[]): JavaMethod | null {
  const overloads = methods.get(name);
  if (overloads === undefined) return null;
  // Velocity remembers methods under their boxed parameter names and looks there first; null counts as Object.
  const exact = overloads.find(
    (m) =>
      m.parameters.length === args.length &&
      m.parameters.every((p, i) => boxedName(p) === (args[i] ?? "Object")),
  );
  return exact ?? mostSpecific(overloads.filter((m) => isApplicable(m.parameters, args)));
}

function isApplicable(parameters: readonly string[], args: readonly (string | null)[]): boolean {
  const count = parameters.length;
  const last = parameters[count - 1];
  if (count > args.length) {
    if (count !== args.length + 1 || last === undefined || !isArrayType(last)) return false;
    return args.every((arg, i) => accepts(parameters[i] as string, arg, false));
  }
  if (count === args.length) {
    for (let i = 0; i < count; i++) {
      const parameter = parameters[i] as string;
      const arg = args[i] as string | null;
      if (accepts(parameter, arg, false)) continue;
      return i === count - 1 && isArrayType(parameter) && arg !== null && accepts(parameter, arg, true);
    }
    return true;
  }
  if (last === undefined) return true;
  if (!isArrayType(last)) return false;
  return args.every((arg, i) =>
    accepts(i < count - 1 ? (parameters[i] as string) : last.slice(0, -2), arg, false),
  );
}

type Order = "more" | "less" | "incomparable";

function mostSpecific(candidates: readonly JavaMethod[]): JavaMethod | null {
  let best: JavaMethod | null = null;
  let rivals: JavaMethod[] = [];
  for (const candidate of candidates) {
    if (best === null) {
      best = candidate;
      continue;
    }
    const order = compare(candidate.parameters, best.parameters);
    if (order === "incomparable") {
      rivals.push(candidate);
    } else if (order === "more") {
      if (rivals.length === 0) {
        best = candidate;
        continue;
      }
      const against = rivals.map((rival) => compare(candidate.parameters, rival.parameters));
      if (against.includes("more")) {
        best = candidate;
        rivals = [];
      } else if (against.includes("incomparable")) {
        rivals.push(candidate);
      }
    }
  }
  return rivals.length > 0 ? null : best;
}

function compare(a: readonly string[], b: readonly string[]): Order {
  if (a.length !== b.length) return a.length > b.length ? "more" : "less";
  let aMore = false;
  let bMore = false;
  for (let i = 0; i < a.length; i++) {
    const left = a[i] as string;
    const right = b[i] as string;
    if (left === right) continue;
    const last = i === a.length - 1;
    aMore ||= passesTo(right, left, last) || right === "Object";
    bMore ||= passesTo(left, right, last) || left === "Object";
  }
  if (aMore && bMore) {
    const aArray = isArrayType(a.at(-1) as string);
    const bArray = isArrayType(b.at(-1) as string);
    if (aArray === bArray) return "incomparable";
    return aArray ? "less" : "more";
  }
  return aMore ? "more" : bMore ? "less" : "incomparable";
}
