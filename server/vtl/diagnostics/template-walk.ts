import { literalBetween } from "@/server/vtl/lexer/token";
import type {
  BlockNode,
  DirectiveArgument,
  ExpressionNode,
  Extent,
  ReferenceNode,
  StatementNode,
} from "@/server/vtl/parser/syntax-tree";

export type Visit = (statement: StatementNode, index: number, siblings: readonly StatementNode[]) => void;

/** Every statement in the order of the source, those in blocks too. */
export function walkStatements(statements: readonly StatementNode[], visit: Visit): void {
  for (const [index, statement] of statements.entries()) {
    visit(statement, index, statements);
    for (const block of blocksOf(statement)) walkStatements(block.statements, visit);
  }
}

function blocksOf(statement: StatementNode): BlockNode[] {
  if (statement.type === "directive") return statement.block === null ? [] : [statement.block];
  if (statement.type !== "if") return [];
  const blocks = statement.branches.map((branch) => branch.block);
  return statement.otherwise === null ? blocks : [...blocks, statement.otherwise];
}

/** The expressions of a statement itself, outermost first, with those inside them. */
export function expressionsOf(statement: StatementNode): ExpressionNode[] {
  const found: ExpressionNode[] = [];
  const add = (node: DirectiveArgument) => {
    if (node.type === "word") return;
    found.push(node);
    for (const part of partsOf(node)) add(part);
  };
  if (statement.type === "reference") add(statement);
  if (statement.type === "set") {
    add(statement.value);
    // The target is written, but what stands in its brackets is read.
    for (const part of partsOf(statement.target)) add(part);
  }
  if (statement.type === "if") for (const { condition } of statement.branches) add(condition);
  if (statement.type === "directive") for (const argument of statement.args.slice(1)) add(argument);
  return found;
}

function partsOf(node: ExpressionNode): ExpressionNode[] {
  switch (node.type) {
    case "reference":
      return node.steps.flatMap((step) =>
        step.type === "method" ? step.args : step.type === "index" ? [step.index] : [],
      );
    case "list":
      return node.items;
    case "map":
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case "range":
      return [node.from, node.to];
    case "binary":
      return [node.left, node.right];
    case "not":
      return [node.operand];
    default:
      return [];
  }
}

export const literalOf = (node: Extent): string => literalBetween(node.first, node.last);

/** The variable's name: of `$x`, `$!x`, `${x.y}`. */
export const nameOf = (reference: ReferenceNode): string =>
  (/[A-Za-z_][\w-]*/.exec(literalOf(reference)) ?? [""])[0];

/** Names of the members after the variable, as far as they are written out: `.a['b'].c()` gives a, b. */
export function memberNames(reference: ReferenceNode): string[] {
  const names: string[] = [];
  for (const step of reference.steps) {
    if (step.type === "identifier") names.push(step.first.image);
    else if (step.type === "index" && step.index.type === "string")
      names.push(step.index.first.image.slice(1, -1));
    else break;
  }
  return names;
}

/** The text of a call's only argument if it is a plain string: of `json('$.a')`, `$.a`. */
export function plainArgument(reference: ReferenceNode): string | null {
  const [step] = reference.steps;
  const [argument, more] = step?.type === "method" ? step.args : [];
  if (argument?.type !== "string" || more) return null;
  const { image } = argument.first;
  return image.startsWith('"') && /[$#]/.test(image.replace(/\$(?![A-Za-z_{!])/g, ""))
    ? null
    : image.slice(1, -1);
}
