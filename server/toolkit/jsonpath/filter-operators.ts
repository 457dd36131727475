import { contentOf, elementsOf, type FilterNode, type IsPath, isContainer, nodesEqual } from "./filter-node";
import { InvalidPathError, JsonPathError } from "./json-path-error";
import { isList } from "./path-steps";
import { isMap } from "./path-token";

export type FilterOperator = (left: FilterNode, right: FilterNode, isPath: IsPath) => boolean;

/** Operators by name, upper case. Each may throw: InvalidPathError makes the filter false. */
const OPERATORS: ReadonlyMap<string, FilterOperator> = new Map<string, FilterOperator>([
  ["==", nodesEqual],
  ["!=", (left, right) => !nodesEqual(left, right)],
  ["===", sameKindEqual],
  ["!==", (left, right) => !sameKindEqual(left, right)],
  ["<", (left, right) => ordered(left, right, (order) => order < 0)],
  ["<=", (left, right) => ordered(left, right, (order) => order <= 0)],
  [">", (left, right) => ordered(left, right, (order) => order > 0)],
  [">=", (left, right) => ordered(left, right, (order) => order >= 0)],
  ["=~", matchesPattern],
  ["IN", isIn],
  ["NIN", (left, right, isPath) => !isIn(left, right, isPath)],
  ["CONTAINS", contains],
  ["SIZE", hasSize],
  ["EMPTY", isEmpty],
  ["SUBSETOF", listOperator((one, other) => one.every((node) => includes(other, node)))],
  ["ANYOF", listOperator((one, other) => one.some((node) => includes(other, node)))],
  ["NONEOF", listOperator((one, other) => !one.some((node) => includes(other, node)))],
  ["EXISTS", bothTrueOrFalse],
  // These three only work with operands a path text cannot express.
  ["ALL", () => unsupportedOperand("value list")],
  ["TYPE", () => unsupportedOperand("class")],
  ["MATCHES", () => unsupportedOperand("predicate")],
]);

/** @throws InvalidPathError for an unknown operator */
export function filterOperator(text: string): FilterOperator {
  const operator = OPERATORS.get(text.toUpperCase());
  if (operator === undefined) throw new InvalidPathError(`Filter operator ${text} is not supported!`);
  return operator;
}

function unsupportedOperand(what: string): never {
  throw new InvalidPathError(`Expected ${what} node`);
}

function sameKindEqual(left: FilterNode, right: FilterNode): boolean {
  const sameKind = left.kind === right.kind || (isContainer(left) && isContainer(right));
  return sameKind && nodesEqual(left, right);
}

/** Numbers among numbers, strings among strings; anything else has no order. */
function ordered(left: FilterNode, right: FilterNode, holds: (order: number) => boolean): boolean {
  if (left.kind === "number" && right.kind === "number") return holds(left.value.compare(right.value));
  if (left.kind !== "string" || right.kind !== "string") return false;
  if (left.value === right.value) return holds(0);
  return holds(left.value < right.value ? -1 : 1);
}

function matchesPattern(left: FilterNode, right: FilterNode, isPath: IsPath): boolean {
  if ((left.kind === "pattern") === (right.kind === "pattern")) return false;
  const [pattern, subject] = left.kind === "pattern" ? [left, right] : [right, left];
  if (pattern.kind !== "pattern") return false;
  const inputs = isContainer(subject) ? elementsOf(subject, isPath) : undefined;
  return (inputs ?? [subject]).some((node) => pattern.regex.matches(patternInput(node)));
}

function patternInput(node: FilterNode): string {
  if (node.kind === "string" || node.kind === "number" || node.kind === "boolean")
    return node.value.toString();
  return "";
}

function includes(list: readonly FilterNode[], wanted: FilterNode): boolean {
  return list.some((node) => nodesEqual(wanted, node));
}

function isIn(left: FilterNode, right: FilterNode, isPath: IsPath): boolean {
  const list = elementsOf(right, isPath);
  return list !== undefined && includes(list, left);
}

function contains(left: FilterNode, right: FilterNode, isPath: IsPath): boolean {
  if (left.kind === "string" && right.kind === "string") return left.value.includes(right.value);
  if (!isContainer(left)) return false;
  const list = elementsOf(left, isPath);
  return list !== undefined && includes(list, right);
}

function hasSize(left: FilterNode, right: FilterNode): boolean {
  if (right.kind !== "number") return false;
  const expected = right.value.intValue();
  if (left.kind === "string") return left.value.length === expected;
  if (!isContainer(left)) return false;
  const content = contentOf(left);
  return (isList(content) ? content.length : -1) === expected;
}

function isEmpty(left: FilterNode, right: FilterNode): boolean {
  if (left.kind !== "string" && !isContainer(left)) return false;
  const content = left.kind === "string" ? left.value : contentOf(left);
  if (isMap(content)) throw new JsonPathError("an object has no size here");
  const empty = typeof content === "string" || isList(content) ? content.length === 0 : true;
  if (right.kind !== "boolean") throw new InvalidPathError("Expected boolean node");
  return empty === right.value;
}

function listOperator(
  holds: (left: readonly FilterNode[], right: readonly FilterNode[]) => boolean,
): FilterOperator {
  return (left, right, isPath) => {
    const rightList = elementsOf(right, isPath);
    if (rightList === undefined) return false;
    const leftList = elementsOf(left, isPath);
    return leftList !== undefined && holds(leftList, rightList);
  };
}

function bothTrueOrFalse(left: FilterNode, right: FilterNode): boolean {
  if (left.kind !== "boolean" && right.kind !== "boolean") {
    throw new JsonPathError("Failed to evaluate exists expression");
  }
  if (left.kind !== "boolean" || right.kind !== "boolean")
    throw new InvalidPathError("Expected boolean node");
  return left.value === right.value;
}
