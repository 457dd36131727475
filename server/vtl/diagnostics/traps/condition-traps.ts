import { literalOf, memberNames, nameOf } from "@/server/vtl/diagnostics/template-walk";
import type { Finding, Trap } from "@/server/vtl/diagnostics/traps/trap";
import { isText, type ValueKinds } from "@/server/vtl/diagnostics/value-kinds";
import type { ExpressionNode, ReferenceNode, StatementNode } from "@/server/vtl/parser/syntax-tree";

/** A condition's operands: what stands alone, or between !, && and ||. */
function operandsOf(condition: ExpressionNode): ExpressionNode[] {
  if (condition.type === "not") return operandsOf(condition.operand);
  if (condition.type === "binary" && (condition.operator === "&&" || condition.operator === "||"))
    return [...operandsOf(condition.left), ...operandsOf(condition.right)];
  return [condition];
}

const conditionOperands = (statement: StatementNode): ExpressionNode[] =>
  statement.type === "if" ? statement.branches.flatMap(({ condition }) => operandsOf(condition)) : [];

/** A member of these can be missing, and is no Boolean when it is there. */
function canBeMissing(reference: ReferenceNode, kinds: ValueKinds): boolean {
  const name = nameOf(reference);
  if (!kinds.isAssigned(name)) return true;
  const [first, second] = reference.steps;
  if (name === "stageVariables") return first !== undefined && second === undefined;
  if (name === "context")
    return isText(kinds.kindOf(reference)) || memberNames(reference)[0] === "authorizer";
  if (name !== "input" || first?.type !== "method") return false;
  const isLast = reference.steps.at(-1)?.type !== "method" || second === undefined;
  return isLast && (first.first.image === "path" || first.first.image === "params");
}

export const missingIsTrue: Trap = {
  code: "missing-is-true",
  documentation:
    "What is missing is the empty string in API Gateway, and #if takes everything but the Boolean false for true.",
  example: {
    wrong: "#if($input.path('$.name'))x#end",
    marked: "$input.path('$.name')",
    right: "#if($input.path('$.name') != \"\")x#end",
  },
  statement: (statement, { kinds }) =>
    conditionOperands(statement)
      .filter((node) => node.type === "reference" && canBeMissing(node, kinds))
      .map(
        (at): Finding => ({
          at,
          message: "A value that is missing is the empty string, and that is true in #if.",
          remedy: `Compare it: ${literalOf(at)} != "".`,
        }),
      ),
};

export const literalCondition: Trap = {
  code: "literal-condition",
  documentation: "A number or a string that is written into a condition is false there, whatever it is.",
  example: { wrong: "#if(1)x#end", marked: "1", right: "#if(true)x#end" },
  statement: (statement) =>
    conditionOperands(statement)
      .filter(({ type }) => type === "string" || type === "integer" || type === "decimal" || type === "map")
      .map((at): Finding => {
        const message = "A value written into a condition is always false.";
        return { at, message, remedy: "Write true or false, or compare it with something." };
      }),
};

export const textCompared: Trap = {
  code: "text-compared",
  documentation: "<, >, <= and >= compare numbers only; with a text on one side they are always false.",
  example: {
    wrong: "#if($input.params('limit') > 10)x#end",
    marked: "$input.params('limit') > 10",
    right: "#set($n = 0)#if($n.parseInt($input.params('limit')) > 10)x#end",
  },
  expression: (node, { kinds }) => {
    if (node.type !== "binary" || !/^[<>]=?$/.test(node.operator)) return [];
    const text = [node.left, node.right].find((side) => isText(kinds.kindOf(side)));
    if (!text) return [];
    const message = `${literalOf(text)} is text, and text compared by ${node.operator} is always false.`;
    const remedy = "Make a number of it first: #set($n = 0), then $n.parseInt(…).";
    return [{ at: { first: node.left.first, last: node.right.last }, message, remedy }];
  },
};

export const elseIfApart: Trap = {
  code: "else-if",
  documentation: "#else if(…) is #else, and then the text “if(…)” is printed.",
  example: {
    wrong: "#if(false)a#else if(true)b#end",
    marked: " if(true)b",
    right: "#if(false)a#elseif(true)b#end",
  },
  statement: (statement) => {
    const first = statement.type === "if" ? statement.otherwise?.statements[0] : undefined;
    if (first?.type !== "text" || !/^[ \t]*if[ \t]*\(/.test(first.first.image)) return [];
    return [{ at: first, message: "This is text: #else if is not #elseif.", remedy: "Write #elseif(…)." }];
  },
};
