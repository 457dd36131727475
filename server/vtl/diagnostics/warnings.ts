import { literalBetween, type Token } from "@/server/vtl/lexer/token";
import type {
  BlockNode,
  ExpressionNode,
  MethodStep,
  ReferenceNode,
  StatementNode,
  TemplateNode,
} from "@/server/vtl/parser/syntax-tree";

export type Warning = {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly start: number;
  readonly end: number;
};

const notInApiGateway: Readonly<Record<string, string>> = {
  macro: "API Gateway does not keep macros: their calls are printed as text.",
  evaluate: "API Gateway has no #evaluate: it is printed as text.",
  parse: "API Gateway has no #parse: it is printed as text.",
  include: "API Gateway has no #include: it is printed as text.",
};

/** Known traps in a template that is correct as such. */
export function findWarnings(template: TemplateNode): Warning[] {
  const warnings: Warning[] = [];
  const assigned = new Set<string>(["input", "util", "context", "stageVariables"]);
  collectAssigned(template.statements, assigned);
  walk(template.statements, (statement, index, siblings) => {
    if (statement.type === "directive") {
      const message = notInApiGateway[statement.name];
      if (message !== undefined) {
        warnings.push({
          code: "not-in-api-gateway",
          message,
          remedy: "Write its effect out where it is needed.",
          ...spanOf({ first: statement.first, last: statement.first }),
        });
      }
    }
    if (statement.type === "if") {
      for (const { condition } of statement.branches) warnings.push(...checkCondition(condition, assigned));
    }
    if (statement.type === "reference") {
      warnings.push(...checkPrinted(statement, textOf(siblings[index - 1]), textOf(siblings[index + 1])));
    }
  });
  return warnings;
}

function spanOf({ first, last }: { first: Token; last: Token }): Pick<Warning, "start" | "end"> {
  return { start: first.start, end: last.end };
}

type Visit = (statement: StatementNode, index: number, siblings: readonly StatementNode[]) => void;

function walk(statements: readonly StatementNode[], visit: Visit): void {
  for (const [index, statement] of statements.entries()) {
    visit(statement, index, statements);
    for (const block of blocksOf(statement)) walk(block.statements, visit);
  }
}

function blocksOf(statement: StatementNode): BlockNode[] {
  if (statement.type === "directive") return statement.block === null ? [] : [statement.block];
  if (statement.type !== "if") return [];
  const blocks = statement.branches.map((branch) => branch.block);
  return statement.otherwise === null ? blocks : [...blocks, statement.otherwise];
}

const nameOf = (reference: ReferenceNode): string =>
  (/[A-Za-z_][\w-]*/.exec(literalOf(reference)) ?? [""])[0];

const literalOf = (node: { first: Token; last: Token }): string => literalBetween(node.first, node.last);

function collectAssigned(statements: readonly StatementNode[], names: Set<string>): void {
  walk(statements, (statement) => {
    if (statement.type === "set") names.add(nameOf(statement.target));
    if (statement.type !== "directive") return;
    const [variable] = statement.args;
    if (variable?.type === "reference") names.add(nameOf(variable));
    if (statement.name === "foreach")
      for (const name of ["foreach", "velocityCount", "velocityHasNext"]) names.add(name);
  });
}

function textOf(statement: StatementNode | undefined): string {
  return statement?.type === "text" ? statement.first.image : "";
}

function method(reference: ReferenceNode, owner: string, name: string): MethodStep | undefined {
  const [step] = reference.steps;
  if (nameOf(reference) !== owner || step?.type !== "method" || step.first.image !== name) return undefined;
  return step;
}

function checkPrinted(reference: ReferenceNode, before: string, after: string): Warning[] {
  const { first, last } = reference;
  const quoted = before.endsWith('"') && after.startsWith('"');
  if (quoted && reference.steps.length === 1 && method(reference, "input", "json")) {
    const message = "$input.json gives JSON text: a string comes with quotes of its own.";
    return [
      { code: "quoted-json", message, remedy: "Remove the quotes around it.", ...spanOf({ first, last }) },
    ];
  }
  if (quoted && reference.steps.length === 1 && method(reference, "util", "escapeJavaScript")) {
    const message = "escapeJavaScript writes \\' for an apostrophe, which is not valid in JSON.";
    const remedy = `Append .replaceAll("\\\\'","'").`;
    return [{ code: "escaped-apostrophe", message, remedy, ...spanOf({ first, last }) }];
  }
  const path = method(reference, "input", "path");
  if (path !== undefined && reference.steps.length === 1 && /^\(?['"]\$['"]\)?$/.test(argumentText(path))) {
    const message = "An object from $input.path prints as {name=value}, not as JSON.";
    return [
      {
        code: "printed-map",
        message,
        remedy: "Use $input.json('$') to print JSON.",
        ...spanOf({ first, last }),
      },
    ];
  }
  return [];
}

function argumentText(step: MethodStep): string {
  const [argument] = step.args;
  return argument === undefined ? "" : literalOf(argument);
}

/** A reference alone as a condition is false only when it is the Boolean false. */
function checkCondition(condition: ExpressionNode, assigned: ReadonlySet<string>): Warning[] {
  if (condition.type === "not") return checkCondition(condition.operand, assigned);
  if (condition.type === "binary" && (condition.operator === "&&" || condition.operator === "||")) {
    return [...checkCondition(condition.left, assigned), ...checkCondition(condition.right, assigned)];
  }
  if (condition.type !== "reference") return [];
  const unknown = !assigned.has(nameOf(condition));
  const optional =
    method(condition, "input", "path") !== undefined ||
    method(condition, "input", "params") !== undefined ||
    nameOf(condition) === "stageVariables";
  const endsInCall = condition.steps.at(-1)?.type === "method" && condition.steps.length > 1;
  if (!unknown && (!optional || endsInCall)) return [];
  const message = "A value that is missing is the empty string, and that is true in #if.";
  const remedy = `Compare it: ${literalOf(condition)} != "".`;
  return [{ code: "missing-is-true", message, remedy, ...spanOf(condition) }];
}
