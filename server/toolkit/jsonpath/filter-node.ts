import { isJavaNumber, numberToString } from "../java/values";
import type { JavaRegex } from "../java-regex/compile-java-regex";
import { parseJson } from "../json/parse-json";
import type { CompiledPath } from "./compiled-path";
import { Decimal } from "./decimal";
import { Evaluation, type PathBudget } from "./evaluation";
import { javaEquals, textEquals } from "./java-equals";
import { InvalidPathError, JsonPathError, PATH_NOT_FOUND } from "./json-path-error";
import { isList } from "./path-steps";
import { isMap } from "./path-token";
import { unescapePathText } from "./unescape";

/** An operand of a filter: as written, or what a path gave. */
export type FilterNode =
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "number"; readonly value: Decimal }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" }
  | { readonly kind: "undefined" }
  | { readonly kind: "pattern"; readonly regex: JavaRegex }
  /** an object or array of the document */
  | { readonly kind: "value"; readonly value: unknown }
  /** an object or array written in the filter */
  | { readonly kind: "literal"; readonly text: string }
  | PathNode;

export interface PathNode {
  readonly kind: "path";
  readonly path: CompiledPath;
  /** false after "!" */
  readonly shouldExist: boolean;
}

/** What an operator may use: whether a text is a valid path, and what pays for its work. */
export interface OperatorUse {
  readonly isPath: (text: string) => boolean;
  readonly budget: PathBudget;
}

export const UNDEFINED_NODE: FilterNode = { kind: "undefined" };
const NULL_NODE: FilterNode = { kind: "null" };

/** The value a path has for one item. */
export function evaluatePathNode(node: PathNode, item: unknown, evaluation: Evaluation): FilterNode {
  try {
    return nodeOf(pathValue(node.path, item, evaluation));
  } catch (error) {
    if (error === PATH_NOT_FOUND) return UNDEFINED_NODE;
    throw error;
  }
}

function pathValue(path: CompiledPath, item: unknown, evaluation: Evaluation): unknown {
  if (!path.isRoot) {
    return path.run(item, new Evaluation(evaluation.root, evaluation.budget, false, evaluation.rootValues));
  }
  if (evaluation.rootValues.has(path)) return evaluation.rootValues.get(path);
  const value = path.valueIn(evaluation.root, evaluation.root, evaluation.budget);
  evaluation.rootValues.set(path, value);
  return value;
}

/** True when the path leads somewhere from the item (a path with several results always does). */
export function pathExists(path: CompiledPath, item: unknown, evaluation: Evaluation): boolean {
  try {
    path.run(item, new Evaluation(evaluation.root, evaluation.budget, true, evaluation.rootValues));
    return true;
  } catch (error) {
    if (error === PATH_NOT_FOUND) return false;
    throw error;
  }
}

function nodeOf(value: unknown): FilterNode {
  if (value === null) return NULL_NODE;
  if (typeof value === "string") return { kind: "string", value };
  if (typeof value === "boolean") return { kind: "boolean", value };
  if (isJavaNumber(value)) return numberNode(numberToString(value));
  if (isList(value) || isMap(value)) return { kind: "value", value };
  throw new JsonPathError("Could not convert a value of the document to a ValueNode");
}

/** @throws JsonPathError when the text is no number (Infinity and NaN are none either) */
export function numberNode(text: string): FilterNode {
  const value = Decimal.from(text);
  if (value === undefined) throw new JsonPathError(`not a number: ${text}`);
  return { kind: "number", value };
}

/** The content of an object or array operand. */
export function contentOf(node: FilterNode): unknown {
  if (node.kind === "value") return node.value;
  return node.kind === "literal" ? parseJson(node.text) : undefined;
}

export function isContainer(node: FilterNode): boolean {
  return node.kind === "value" || node.kind === "literal";
}

/** The elements of a list operand as operands; undefined for an object. */
export function elementsOf(node: FilterNode, use: OperatorUse): FilterNode[] | undefined {
  if (!isContainer(node)) throw new InvalidPathError("Expected value list node");
  const content = contentOf(node);
  if (!isList(content)) return undefined;
  return content.map((item) => {
    use.budget.spend(1);
    return elementNode(item, use);
  });
}

/** A list element as operand: a string that looks like JSON counts as JSON, quotes around one go. */
function elementNode(value: unknown, { isPath, budget }: OperatorUse): FilterNode {
  if (isList(value) || isMap(value)) throw new JsonPathError("Could not determine value type");
  if (typeof value !== "string") return nodeOf(value);
  budget.spend(value.length >> 4);
  const trimmed = value.trim();
  // A string that is a path is kept as a path by Jayway, and equals nothing.
  if (/^[$@]/.test(trimmed) && isPath(trimmed)) return UNDEFINED_NODE;
  if (/^(\[.*\]|\{.*\})$/s.test(trimmed) && isJson(trimmed)) return { kind: "literal", text: value };
  return stringNode(value);
}

function isJson(text: string): boolean {
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
}

function stringNode(text: string): FilterNode {
  const quoted = text.length > 1 && /^(['"]).*\1$/s.test(text);
  return {
    kind: "string",
    value: text.length > 1 ? unescapePathText(quoted ? text.slice(1, -1) : text) : text,
  };
}

/** Jayway's ==: a number equals a string that reads as the same number. */
export function nodesEqual(left: FilterNode, right: FilterNode, budget: PathBudget): boolean {
  switch (left.kind) {
    case "string":
      if (right.kind === "number") return left.value === right.value.toString();
      return right.kind === "string" && textEquals(left.value, right.value, budget);
    case "number":
      return equalToNumber(left.value, right);
    case "boolean":
      return right.kind === "boolean" && left.value === right.value;
    case "null":
      return right.kind === "null";
    case "value":
      return isContainer(right) && javaEquals(left.value, contentOf(right), budget);
    case "pattern":
      return right.kind === "pattern" && left.regex === right.regex;
    case "literal":
      // Jayway compares the text on the left with the parsed value on the right.
      return left === right;
    default:
      return false;
  }
}

function equalToNumber(left: Decimal, right: FilterNode): boolean {
  if (right.kind === "number") return left.compare(right.value) === 0;
  if (right.kind !== "string") return false;
  const number = Decimal.from(right.value);
  return number !== undefined && left.compare(number) === 0;
}
