import type { CompileContext, Part } from "@/server/vtl/compiler/compile-context";
import { compileSet } from "@/server/vtl/compiler/compile-reference";
import type { Render, Test } from "@/server/vtl/compiler/frame";
import { joinTexts, renderParts } from "@/server/vtl/compiler/render-parts";
import { compileDirective } from "@/server/vtl/directives/compile-directive";
import { type Token, tokenLiteral } from "@/server/vtl/lexer/token";
import type {
  BlockNode,
  ExpressionNode,
  IfNode,
  StatementNode,
  TemplateNode,
} from "@/server/vtl/parser/syntax-tree";

export function compileBlock(node: BlockNode | TemplateNode, context: CompileContext): Part[] {
  return joinTexts(node.statements.map((statement) => compileStatement(statement, context)));
}

export function compileStatement(node: StatementNode, context: CompileContext): Part {
  switch (node.type) {
    case "text":
      return tokenLiteral(node.first);
    case "literal-block":
      return node.first.image.slice(3, -3);
    case "comment":
      return textBeforeComment(node.first);
    case "escaped-directive":
      return node.first.image;
    case "backslashes":
      return node.text;
    case "reference":
      return context.compile.reference(node, context);
    case "set":
      return compileSet(node, context);
    case "if":
      return compileIf(node, context);
    case "directive":
      return compileDirective(node, context);
  }
}

/** A `$` that turned out to begin no reference can stand in the comment's token; it is text. */
function textBeforeComment({ image }: Token): string {
  const line = image.indexOf("##");
  const at = line === -1 ? image.indexOf("#*") : line;
  return at === -1 ? "" : image.slice(0, at);
}

type Branch = { readonly condition: ExpressionNode; readonly test: Test; readonly render: Render };

function compileIf(node: IfNode, context: CompileContext): Render {
  const branches = node.branches.map(({ condition, block }): Branch => {
    const { test } = context.expression(condition);
    return { condition, test, render: renderParts(context.block(block)) };
  });
  const otherwise = node.otherwise === null ? null : renderParts(context.block(node.otherwise));
  const [only, second] = branches as [Branch, ...Branch[]];
  if (second === undefined) return compileSingleIf(only, otherwise, context);
  return (frame) => {
    let asked = only;
    try {
      for (const branch of branches) {
        asked = branch;
        if (branch.test(frame)) {
          branch.render(frame);
          return;
        }
      }
      otherwise?.(frame);
    } catch (error) {
      throw context.limitAt(error, leftmost(asked.condition));
    }
  };
}

/** A budget that a condition exceeds is reported at its beginning. */
function compileSingleIf(
  { condition, test, render }: Branch,
  otherwise: Render | null,
  context: CompileContext,
): Render {
  return (frame) => {
    try {
      if (test(frame)) render(frame);
      else otherwise?.(frame);
    } catch (error) {
      throw context.limitAt(error, leftmost(condition));
    }
  };
}

function leftmost(node: ExpressionNode): Token {
  return node.type === "binary" ? leftmost(node.left) : node.first;
}
