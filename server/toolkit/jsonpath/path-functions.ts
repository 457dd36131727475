import { isJavaNumber, JavaBigDecimal, JavaDouble, type JavaNumber, JavaSet } from "../java/values";
import type { PathBudget } from "./evaluation";
import type { FunctionArgument } from "./function-step";
import { javaText } from "./java-text";
import { JsonPathError, PathIndexError } from "./json-path-error";
import { isList } from "./path-steps";
import { isMap } from "./path-token";

export interface FunctionCall {
  /** the value the function is called on */
  readonly model: unknown;
  /** values of the arguments */
  readonly values: () => readonly unknown[];
  readonly args: readonly FunctionArgument[];
  readonly budget: PathBudget;
}

const NOTHING_TO_AGGREGATE = "Aggregation function attempted to calculate value using empty array";

/** Jayway's functions by name. Each may throw JsonPathError, or "path not found" for an argument. */
export const PATH_FUNCTIONS: ReadonlyMap<string, (call: FunctionCall) => unknown> = new Map<
  string,
  (call: FunctionCall) => unknown
>([
  ["avg", (call) => aggregate(call, (numbers) => sum(numbers) / numbers.length)],
  ["stddev", (call) => aggregate(call, standardDeviation)],
  ["sum", (call) => aggregate(call, sum)],
  ["min", (call) => aggregate(call, (numbers) => extreme(numbers, Number.MAX_VALUE, (a, b) => a > b))],
  // Starts from the smallest positive double, so a list of negative numbers has that as its maximum.
  ["max", (call) => aggregate(call, (numbers) => extreme(numbers, Number.MIN_VALUE, (a, b) => a < b))],
  ["concat", concat],
  ["length", length],
  ["size", length],
  ["append", append],
  ["keys", keys],
  ["first", ({ model }) => elementAt(model, () => 0)],
  ["last", ({ model }) => elementAt(model, () => -1)],
  ["index", ({ model, values }) => elementAt(model, () => indexArgument(values()))],
]);

function keys({ model, budget }: FunctionCall): JavaSet | null {
  if (!isMap(model)) return null;
  budget.spend(model.size >> 4);
  return JavaSet.keysOf(model);
}

function toDouble(value: JavaNumber): number {
  if (typeof value === "number") return value;
  if (value instanceof JavaBigDecimal) return Number(value.toString());
  return Number(value.value);
}

/** Arguments one level flat: arrays give their elements. */
function flatten(values: readonly unknown[]): unknown[] {
  return values.flatMap((value) => (isList(value) ? [...value] : [value]));
}

function aggregate(
  { model, values, budget }: FunctionCall,
  combine: (numbers: number[]) => number,
): JavaDouble {
  if (isList(model)) budget.spend(model.length >> 4);
  const candidates = [...(isList(model) ? model : []), ...flatten(values())];
  const numbers = candidates.filter(isJavaNumber).map(toDouble);
  if (numbers.length === 0) throw new JsonPathError(NOTHING_TO_AGGREGATE);
  return new JavaDouble(combine(numbers));
}

function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}

function extreme(
  numbers: readonly number[],
  start: number,
  replaces: (current: number, next: number) => boolean,
): number {
  let found = start;
  for (const number of numbers) if (replaces(found, number)) found = number;
  return found;
}

function standardDeviation(numbers: readonly number[]): number {
  const count = numbers.length;
  const total = sum(numbers);
  const squares = sum(numbers.map((number) => number * number));
  return Math.sqrt(squares / count - (total * total) / count / count);
}

function concat({ model, values, budget }: FunctionCall): string {
  if (isList(model)) budget.spend(model.length >> 4);
  const own = isList(model) ? model.filter((item) => typeof item === "string") : [];
  const others = flatten(values()).filter((value) => value !== null);
  return own.join("") + others.map((value) => javaText(value, budget)).join("");
}

/**
 * Number of elements or keys; null for anything else. With a path as argument the children of its value
 * are counted, but (as in Jayway) only where that path is indefinite or its last child is an array;
 * otherwise the value the function was called on is measured after all.
 */
function length({ model, args, budget }: FunctionCall): unknown {
  const argument = args[0];
  if (argument !== undefined) {
    if (argument.kind !== "path") throw new JsonPathError("length() takes a path, not a value");
    const found = argument.path.childrenIn(model, budget);
    if (isList(found)) return found.length;
  }
  if (isList(model)) return model.length;
  return isMap(model) ? model.size : null;
}

/** Adds the arguments to the array itself, in the document. */
function append({ model, values }: FunctionCall): unknown {
  if (isList(model)) for (const value of values()) model.push(value);
  return model;
}

function elementAt(model: unknown, index: () => number): unknown {
  if (!isList(model)) throw new JsonPathError(NOTHING_TO_AGGREGATE);
  const wanted = index();
  if (wanted >= 0) {
    if (wanted >= model.length) {
      throw new PathIndexError(`Index ${wanted} out of bounds for length ${model.length}`);
    }
    return model[wanted];
  }
  const fromEnd = model.length + wanted;
  // Jayway's check leaves out 0: the first element cannot be reached from the end.
  if (fromEnd > 0) return model[fromEnd];
  throw new JsonPathError(`Target index:${wanted} larger than object count:${model.length}`);
}

function indexArgument(values: readonly unknown[]): number {
  const number = flatten(values).find(isJavaNumber);
  if (number === undefined) throw new PathIndexError("Index 0 out of bounds for length 0");
  return Math.trunc(toDouble(number));
}
