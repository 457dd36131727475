import { contextMembers } from "@/server/vtl/bindings/context/context-members";
import { memberNames, nameOf, plainArgument, walkStatements } from "@/server/vtl/diagnostics/template-walk";
import type { ExpressionNode, ReferenceNode, StatementNode } from "@/server/vtl/parser/syntax-tree";

/**
 * What an expression gives, as far as its text tells. "json" is JSON text, "payload" an object from parsed JSON,
 * "group" a part of $context that prints nothing. "missing" is never assigned. "unknown" is anything.
 */
export type ValueKind =
  | "text"
  | "json"
  | "number"
  | "boolean"
  | "list"
  | "map"
  | "payload"
  | "group"
  | "missing"
  | "unknown";

export const GIVEN_VARIABLES: ReadonlySet<string> = new Set(["input", "util", "context", "stageVariables"]);
const LOOP_VARIABLES = ["foreach", "velocityCount", "velocityHasNext"];

const TEXT_TO_TEXT =
  /^(?:replaceAll|replace|replaceFirst|toString|trim|substring|toLowerCase|toUpperCase|concat)$/;
const TO_NUMBER = /^(?:length|size|indexOf|lastIndexOf|compareTo|hashCode)$/;
const TO_BOOLEAN = /^(?:equals|equalsIgnoreCase|contains|containsKey|startsWith|endsWith|isEmpty|matches)$/;

const numbersOfContext = new Set(["requestTimeEpoch"]);
const textsOfContext = new Set(
  contextMembers
    .map(([name]) => name)
    .filter((name) => !/^(?:requestOverride|responseOverride|authorizer\.claims|error)/.test(name)),
);

/** What the variables of a template hold. A variable that gets values of several kinds is "unknown". */
export class ValueKinds {
  private readonly values = new Map<string, ExpressionNode[]>();
  private readonly opaque = new Set<string>();
  private readonly open = new Set<string>();

  constructor(statements: readonly StatementNode[]) {
    walkStatements(statements, (statement) => {
      if (statement.type === "set") this.assign(statement.target, statement.value);
      if (statement.type !== "directive") return;
      const [variable] = statement.args;
      if (variable?.type === "reference") this.opaque.add(nameOf(variable));
      if (statement.name === "foreach") for (const name of LOOP_VARIABLES) this.opaque.add(name);
    });
  }

  /** Whether a template gives the variable a value anywhere. */
  isAssigned(name: string): boolean {
    return GIVEN_VARIABLES.has(name) || this.opaque.has(name) || this.values.has(name);
  }

  kindOf(node: ExpressionNode): ValueKind {
    switch (node.type) {
      case "string":
        return "text";
      case "integer":
      case "decimal":
        return "number";
      case "boolean":
      case "not":
        return "boolean";
      case "list":
      case "range":
        return "list";
      case "map":
        return "map";
      case "binary":
        return this.kindOfOperation(node.operator, this.kindOf(node.left), this.kindOf(node.right));
      case "reference":
        return this.kindOfReference(node);
    }
  }

  private assign(target: ReferenceNode, value: ExpressionNode): void {
    const name = nameOf(target);
    if (target.steps.length > 0) return;
    const known = this.values.get(name);
    if (known) known.push(value);
    else this.values.set(name, [value]);
  }

  private kindOfOperation(operator: string, left: ValueKind, right: ValueKind): ValueKind {
    if (!/^[-+*/%]$/.test(operator)) return "boolean";
    if (left === "number" && right === "number") return "number";
    return operator === "+" && (isText(left) || isText(right)) ? "text" : "unknown";
  }

  private kindOfReference(reference: ReferenceNode): ValueKind {
    const { steps } = reference;
    let kind = this.kindOfStart(reference);
    for (const step of steps.slice(this.stepsOfStart(reference))) {
      const name = step.type === "method" ? step.first.image : "";
      if (TO_BOOLEAN.test(name) && kind !== "missing") kind = "boolean";
      else if (TO_NUMBER.test(name) && kind !== "missing") kind = "number";
      else if (isText(kind) && TEXT_TO_TEXT.test(name)) kind = "text";
      else if (name === "toString" && kind !== "missing") kind = "text";
      else kind = "unknown";
    }
    return kind;
  }

  /** How many steps the kind of the start covers. */
  private stepsOfStart(reference: ReferenceNode): number {
    const name = nameOf(reference);
    if (name === "input" || name === "util" || name === "stageVariables") return 1;
    return name === "context" ? memberNames(reference).length : 0;
  }

  private kindOfStart(reference: ReferenceNode): ValueKind {
    const name = nameOf(reference);
    if (name === "input") return kindOfInput(reference);
    if (name === "util") return kindOfUtil(reference);
    if (name === "stageVariables") return reference.steps.length > 0 ? "text" : "map";
    if (name === "context") return kindOfContext(memberNames(reference).join("."), reference);
    return this.kindOfVariable(name);
  }

  private kindOfVariable(name: string): ValueKind {
    if (this.opaque.has(name) || this.open.has(name)) return "unknown";
    const values = this.values.get(name);
    if (!values) return "missing";
    this.open.add(name);
    const kinds = new Set(values.map((value) => this.kindOf(value)));
    this.open.delete(name);
    const [only] = kinds;
    return kinds.size === 1 && only && only !== "missing" ? only : "unknown";
  }
}

export const isText = (kind: ValueKind): boolean => kind === "text" || kind === "json";

function kindOfInput(reference: ReferenceNode): ValueKind {
  const [step] = reference.steps;
  if (step?.type === "identifier") return step.first.image === "body" ? "text" : "unknown";
  if (step?.type !== "method") return "unknown";
  const name = step.first.image;
  if (name === "json") return "json";
  if (name === "params") return step.args.length === 0 ? "map" : "text";
  return name === "path" && plainArgument(reference) === "$" ? "payload" : "unknown";
}

function kindOfUtil(reference: ReferenceNode): ValueKind {
  const [step] = reference.steps;
  if (step?.type !== "method") return "unknown";
  return step.first.image === "parseJson" ? "payload" : "text";
}

function kindOfContext(member: string, { steps }: ReferenceNode): ValueKind {
  if (numbersOfContext.has(member)) return "number";
  if (textsOfContext.has(member)) return "text";
  const isGroup = contextMembers.some(([name]) => member === "" || name.startsWith(`${member}.`));
  return isGroup && memberNamesCoverAll(member, steps.length) ? "group" : "unknown";
}

const memberNamesCoverAll = (member: string, count: number): boolean =>
  (member === "" ? 0 : member.split(".").length) === count;
