import { literalOf, nameOf } from "@/server/vtl/diagnostics/template-walk";
import type { Trap } from "@/server/vtl/diagnostics/traps/trap";
import { isText, type ValueKind, type ValueKinds } from "@/server/vtl/diagnostics/value-kinds";
import type { ExpressionNode } from "@/server/vtl/parser/syntax-tree";

/** An operand that an arithmetic operator has no result for. */
function spoils(node: ExpressionNode, kinds: ValueKinds): boolean {
  const kind = kinds.kindOf(node);
  return isText(kind) || kind === "list" || kind === "map" || kind === "boolean";
}

function spoiledOperand(node: ExpressionNode, kinds: ValueKinds): ExpressionNode | null {
  if (node.type !== "binary") return null;
  if (/^[-*/%]$/.test(node.operator)) {
    const isZero = node.right.type === "integer" && /^-?0+$/.test(node.right.first.image);
    if (isZero && /[/%]/.test(node.operator)) return node.right;
    return [node.left, node.right].find((side) => spoils(side, kinds)) ?? null;
  }
  return null;
}

export const noResult: Trap = {
  code: "no-result",
  documentation:
    "Arithmetic with a text (all parameters are texts) or by zero has no result; #set then keeps what the variable held.",
  example: {
    wrong: "#set($next = $input.params('page') * 2)$next",
    marked: "$input.params('page')",
    right: "#set($n = 0)#set($next = $n.parseInt($input.params('page')) * 2)$next",
  },
  expression: (node, { kinds }) => {
    const operand = spoiledOperand(node, kinds);
    if (!operand) return [];
    const isZero = operand.type === "integer";
    return [
      {
        at: operand,
        message: isZero
          ? "A division by zero has no result, and #set then keeps the former value."
          : `${literalOf(operand)} is no number: this has no result, and #set then keeps the former value.`,
        remedy: isZero
          ? "Guard the divisor."
          : "Make a number of it first: #set($n = 0), then $n.parseInt(…).",
      },
    ];
  },
};

export const appendedNumber: Trap = {
  code: "appended-number",
  documentation: "Parameters and stage variables are texts: + appends to them.",
  example: {
    wrong: "#set($next = $input.params('page') + 1)$next",
    marked: "$input.params('page')",
    right: "#set($n = 0)#set($next = $n.parseInt($input.params('page')) + 1)$next",
  },
  expression: (node, { kinds }) => {
    if (node.type !== "binary" || node.operator !== "+" || node.right.type !== "integer") return [];
    const { left } = node;
    const isParameter =
      left.type === "reference" &&
      /^(?:input|stageVariables)$/.test(nameOf(left)) &&
      kinds.kindOf(left) === "text";
    if (!isParameter) return [];
    const message = `${literalOf(left)} is text: + appends ${literalOf(node.right)} to it.`;
    return [{ at: left, message, remedy: "Make a number of it first: #set($n = 0), then $n.parseInt(…)." }];
  },
};

const NOT_ITERABLE: Partial<Record<ValueKind, string>> = {
  text: "text",
  json: "JSON text",
  number: "a number",
  boolean: "a Boolean",
};

export const loopOverText: Trap = {
  code: "loop-over-text",
  documentation:
    "#foreach over a text or a number does nothing; $input.json gives text, $input.path the list.",
  example: {
    wrong: "#foreach($p in $input.json('$.pets'))$p#end",
    marked: "$input.json('$.pets')",
    right: "#foreach($p in $input.path('$.pets'))$p#end",
  },
  statement: (statement, { kinds }) => {
    if (statement.type !== "directive" || statement.name !== "foreach") return [];
    const list = statement.args[2];
    if (!list || list.type === "word") return [];
    const kind = kinds.kindOf(list);
    const words = NOT_ITERABLE[kind];
    if (words === undefined) return [];
    const remedy = kind === "json" ? "Use $input.path instead of $input.json." : "Give it a list or a map.";
    return [{ at: list, message: `This is ${words}, so #foreach does nothing.`, remedy }];
  },
};

export const bracedTarget: Trap = {
  code: "braced-target",
  documentation: "#set(${x} = …) and #set($!x = …) set no variable that could be read.",
  example: { wrong: "#set(${x} = 1)", marked: "${x}", right: "#set($x = 1)$x" },
  statement: (statement) => {
    if (statement.type !== "set" || statement.target.steps.length > 0) return [];
    const { target } = statement;
    if (!/^\$(?:!|\{)/.test(literalOf(target))) return [];
    const message = "This sets nothing: the name must stand without braces and without !.";
    return [{ at: target, message, remedy: `Write $${nameOf(target)}.` }];
  },
};
