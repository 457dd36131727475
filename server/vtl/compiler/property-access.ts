import type { Frame } from "@/server/vtl/compiler/frame";
import { mapGet, mapPut } from "@/server/vtl/values/collections/map-methods";
import { findMethod } from "@/server/vtl/values/find-method";
import type { CallEnvironment, JavaClass, JavaMethod } from "@/server/vtl/values/java-class";

export type Getter = (receiver: unknown, env: CallEnvironment) => unknown;

const isMap = (owner: JavaClass): boolean => owner.type === "LinkedHashMap" || owner.type === "Scope";

const noArguments: readonly unknown[] = [];

/** The property's name with its first letter in the other case. */
function otherCase(name: string): string {
  const first = name.slice(0, 1);
  const upper = first.toUpperCase();
  return (first === upper ? first.toLowerCase() : upper) + name.slice(1);
}

function named(
  owner: JavaClass,
  prefix: string,
  name: string,
  args: readonly (string | null)[],
): JavaMethod | null {
  const own = { ...owner, wrapped: null };
  return findMethod(own, prefix + name, args) ?? findMethod(own, prefix + otherCase(name), args);
}

/**
 * How `$x.name` is read on a class: getName() or getname(), else a map's entry, else get("name"), else a boolean
 * isName(). Null where none applies.
 */
export function findGetter(owner: JavaClass, name: string): Getter | null {
  const getter = named(owner, "get", name, []);
  if (getter !== null) return (receiver, env) => getter.invoke(receiver, noArguments, env);
  if (isMap(owner)) return (receiver, env) => mapGet(receiver as Map<unknown, unknown>, name, env);
  const get = findMethod({ ...owner, wrapped: null }, "get", ["String"]);
  if (get !== null) return (receiver, env) => get.invoke(receiver, [name], env);
  const test = named(owner, "is", name, []);
  if (test === null || (test.returns !== "boolean" && test.returns !== "Boolean")) return null;
  return (receiver, env) => test.invoke(receiver, noArguments, env);
}

/** Stores `$x.name = value`: setName(value), else a map's entry. Without either nothing happens. */
export function assignProperty(
  receiver: unknown,
  assignment: { name: string; value: unknown },
  frame: Frame,
): void {
  const { name, value } = assignment;
  const owner = frame.classOf(receiver);
  const setter = named(owner, "set", name, [value === null ? null : frame.classOf(value).type]);
  if (setter !== null) setter.invoke(receiver, [value], frame);
  else if (isMap(owner)) mapPut(receiver as Map<unknown, unknown>, name, value, frame);
}
