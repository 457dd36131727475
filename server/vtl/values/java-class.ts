import { JavaDouble, JavaLong } from "@/server/toolkit/java/values";
import type { Budget } from "@/server/vtl/values/budget";
import { CallRefused } from "@/server/vtl/values/java-exception";
import { JavaArray, JavaCharacter, JavaFloat, JavaSmallInteger } from "@/server/vtl/values/java-objects";
import { boxedName, isArrayType } from "@/server/vtl/values/java-types";
import { doubleValue, intValue, isJavaNumber, longValue } from "@/server/vtl/values/numbers/arithmetic";

/** What a method may use besides its arguments. */
export type CallEnvironment = {
  readonly budget: Budget;
  classOf(value: unknown): JavaClass;
  toText(value: unknown): string;
};

// biome-ignore lint/suspicious/noExplicitAny: a method knows the types its signature declares; the table checks them
export type MethodBody = (self: any, args: any[], env: CallEnvironment) => unknown;

export type JavaMethod = {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly returns: string;
  readonly isStatic: boolean;
  readonly invoke: (self: unknown, args: readonly unknown[], env: CallEnvironment) => unknown;
};

export type JavaClass = {
  /** As Class.getName() gives it. */
  readonly name: string;
  /** Short name by which signatures know it. */
  readonly type: string;
  readonly methods: ReadonlyMap<string, readonly JavaMethod[]>;
  /** Methods of the wrapper Velocity puts around arrays, asked after the class's own. */
  readonly wrapped: ReadonlyMap<string, readonly JavaMethod[]> | null;
};

/** `["substring(int, int): String", body]`; `static` before the name where it is one. */
export type MethodEntry = readonly [signature: string, body: MethodBody];

const signaturePattern = /^(static )?(\w+)\(([^)]*)\): ?(\S+)$/;

export function method([signature, body]: MethodEntry): JavaMethod {
  const parts = signaturePattern.exec(signature);
  if (parts === null) throw new Error(`bad method signature ${signature}`);
  const [, isStatic, name = "", list = "", returns = ""] = parts;
  const parameters = list === "" ? [] : list.split(",").map((type) => type.trim());
  const readers = parameters.map(reader);
  const count = readers.length;
  const asGiven = readers.every((read) => read === same);
  const write = writer(returns);
  const isVariable = parameters.length > 0 && isArrayType(parameters.at(-1) as string);
  const invoke: JavaMethod["invoke"] = (self, given, env) => {
    const args = isVariable ? packed(given, parameters.length, env) : given;
    if (args.length !== count) throw new CallRefused("wrong number of arguments");
    if (asGiven) return write(body(self, args as unknown[], env));
    const read = new Array<unknown>(count);
    for (let i = 0; i < count; i++) read[i] = (readers[i] as Convert)(args[i]);
    return write(body(self, read, env));
  };
  return { name, parameters, returns, isStatic: isStatic !== undefined, invoke };
}

/** Arguments of a method with a variable last parameter, gathered into the array it takes. */
function packed(given: readonly unknown[], count: number, env: CallEnvironment): readonly unknown[] {
  if (given.length < count - 1) return given;
  const last = given[count - 1];
  if (given.length === count && (last === null || last instanceof JavaArray)) return given;
  env.budget.checkCollection(given.length);
  return [...given.slice(0, count - 1), JavaArray.fromList(given.slice(count - 1))];
}

type Convert = (value: unknown) => unknown;

const same: Convert = (value) => value;

function reader(type: string): Convert {
  switch (type) {
    case "byte":
    case "short":
    case "int":
      return (value) => (typeof value === "number" ? value : isJavaNumber(value) ? intValue(value) : value);
    case "long":
      return (value) => (isJavaNumber(value) ? longValue(value) : value);
    case "float":
      return (value) => (isJavaNumber(value) ? Math.fround(doubleValue(value)) : value);
    case "double":
      return (value) => (isJavaNumber(value) ? doubleValue(value) : value);
    case "char":
      return (value) => (value instanceof JavaCharacter ? value.value : value);
    default:
      return same;
  }
}

/** Results come back as plain JavaScript numbers, bigints and strings; a `void` one as the empty string. */
function writer(type: string): Convert {
  switch (type) {
    case "void":
      return () => "";
    case "long":
      return (value) => new JavaLong(value as bigint);
    case "double":
      return (value) => new JavaDouble(value as number);
    case "float":
      return (value) => new JavaFloat(Math.fround(value as number));
    case "char":
      return (value) => new JavaCharacter(value as string);
    case "byte":
    case "short":
      return (value) => new JavaSmallInteger(type, value as number);
    default:
      return (value) => (value === undefined ? null : value);
  }
}

export function methodTable(
  ...groups: (readonly MethodEntry[])[]
): ReadonlyMap<string, readonly JavaMethod[]> {
  const table = new Map<string, JavaMethod[]>();
  const seen = new Set<string>();
  for (const entry of groups.flat()) {
    const made = method(entry);
    const key = `${made.name}(${made.parameters.map(boxedName)})`;
    // As in Velocity, a signature met first (that of the class itself) hides those of its supertypes.
    if (seen.has(key)) continue;
    seen.add(key);
    const overloads = table.get(made.name);
    if (overloads === undefined) table.set(made.name, [made]);
    else overloads.push(made);
  }
  return table;
}

export function javaClass(name: string, type: string, ...groups: (readonly MethodEntry[])[]): JavaClass {
  return { name, type, methods: methodTable(...groups), wrapped: null };
}
