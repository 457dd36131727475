import {
  contentOf,
  elementsOf,
  type FilterNode,
  isContainer,
  nodesEqual,
  type OperatorUse,
} from "./filter-node";
import { InvalidPathError, JsonPathError } from "./json-path-error";
import { isList } from "./path-steps";
import { isMap } from "./path-token";

export type FilterOperator = (left: FilterNode, right: FilterNode, use: OperatorUse) => boolean;

/** Operators by name, upper case. Each may throw: InvalidPathError makes the filter false. */
const OPERATORS: ReadonlyMap<string, FilterOperator> = new Map<string, FilterOperator>([
  ["==", (left, right, { budget }) => nodesEqual(left, right, budget)],
  ["!=", (left, right, { budget }) => !nodesEqual(left, right, budget)],
  ["===", sameKindEqual],
  ["!==", (left, right, use) => !sameKindEqual(left, right, use)],
  ["<", (left, right) => ordered(left, right, (order) => order < 0)],
  ["<=", (left, right) => ordered(left, right, (order) => order <= 0)],
  [">", (left, right) => ordered(left, right, (order) => order > 0)],
  [">=", (left, right) => ordered(left, right, (order) => order >= 0)],
  ["=~", matchesPattern],
  ["IN", isIn],
  ["NIN", (left, right, use) => !isIn(left, right, use)],
  ["CONTAINS", contains],
  ["SIZE", hasSize],
  ["EMPTY", isEmpty],
  ["SUBSETOF", listOperator((one, other, use) => one.every((node) => includes(other, node, use)))],
  ["ANYOF", listOperator((one, other, use) => one.some((node) => includes(other, node, use)))],
  ["NONEOF", listOperator((one, other, use) => !one.some((node) => includes(other, node, use)))],
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

function sameKindEqual(left: FilterNode, right: FilterNode, { budget }: OperatorUse): boolean {
  const sameKind = left.kind === right.kind || (isContainer(left) && isContainer(right));
  return sameKind && nodesEqual(left, right, budget);
}

/** Numbers among numbers, strings among strings; anything else has no order. */
function ordered(left: FilterNode, right: FilterNode, holds: (order: number) => boolean): boolean {
  if (left.kind === "number" && right.kind === "number") return holds(left.value.compare(right.value));
  if (left.kind !== "string" || right.kind !== "string") return false;
  if (left.value === right.value) return holds(0);
  return holds(left.value < right.value ? -1 : 1);
}

function matchesPattern(left: FilterNode, right: FilterNode, use: OperatorUse): boolean {
  if ((left.kind === "pattern") === (right.kind === "pattern")) return false;
  const [pattern, subject] = left.kind === "pattern" ? [left, right] : [right, left];
  if (pattern.kind !== "pattern") return false;
  const inputs = isContainer(subject) ? elementsOf(subject, use) : undefined;
  return (inputs ?? [subject]).some((node) => {
    const input = patternInput(node);
    use.budget.spend((input.length >> 4) + pattern.regex.cost(input.length));
    return pattern.regex.matches(input);
  });
}

function patternInput(node: FilterNode): string {
  if (node.kind === "string" || node.kind === "number" || node.kind === "boolean")
    return node.value.toString();
  return "";
}

function includes(
  list: readonly FilterNode[],
  wanted: FilterNode,
  { budget }: Pick<OperatorUse, "budget">,
): boolean {
  budget.spend(list.length >> 4);
  return list.some((node) => nodesEqual(wanted, node, budget));
}

function isIn(left: FilterNode, right: FilterNode, use: OperatorUse): boolean {
  const list = elementsOf(right, use);
  return list !== undefined && includes(list, left, use);
}

function contains(left: FilterNode, right: FilterNode, use: OperatorUse): boolean {
  if (left.kind === "string" && right.kind === "string") {
    use.budget.spend(left.value.length >> 4);
    return left.value.includes(right.value);
  }
  if (!isContainer(left)) return false;
  const list = elementsOf(left, use);
  return list !== undefined && includes(list, right, use);
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
  holds: (left: readonly FilterNode[], right: readonly FilterNode[], use: OperatorUse) => boolean,
): FilterOperator {
  return (left, right, use) => {
    const rightList = elementsOf(right, use);
    if (rightList === undefined) return false;
    const leftList = elementsOf(left, use);
    return leftList !== undefined && holds(leftList, rightList, use);
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
