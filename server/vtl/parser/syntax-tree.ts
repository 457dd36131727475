import type { Token } from "@/server/vtl/lexer/token";

/** Where a node stands: its first and last tokens. */
export type Extent = { first: Token; last: Token };

export type TextNode = Extent & { type: "text" };
export type LiteralBlockNode = Extent & { type: "literal-block" };
export type CommentNode = Extent & { type: "comment" };
export type EscapedDirectiveNode = Extent & { type: "escaped-directive" };
export type BackslashesNode = Extent & { type: "backslashes"; text: string };
export type BlockNode = Extent & { type: "block"; statements: StatementNode[] };
export type DirectiveNode = Extent & {
  type: "directive";
  name: string;
  /** Whether parentheses followed the name. */
  called: boolean;
  args: DirectiveArgument[];
  block: BlockNode | null;
};
export type IfNode = Extent & {
  type: "if";
  branches: { condition: ExpressionNode; block: BlockNode }[];
  otherwise: BlockNode | null;
};
export type SetNode = Extent & { type: "set"; target: ReferenceNode; value: ExpressionNode };

export type IdentifierStep = Extent & { type: "identifier" };
export type MethodStep = Extent & { type: "method"; args: ExpressionNode[] };
export type IndexStep = Extent & { type: "index"; index: ExpressionNode };
export type ReferenceStep = IdentifierStep | MethodStep | IndexStep;
export type ReferenceNode = Extent & { type: "reference"; steps: ReferenceStep[] };

export type StringNode = Extent & { type: "string" };
export type IntegerNode = Extent & { type: "integer" };
export type DecimalNode = Extent & { type: "decimal" };
export type BooleanNode = Extent & { type: "boolean"; value: boolean };
export type WordNode = Extent & { type: "word" };
export type ListNode = Extent & { type: "list"; items: ExpressionNode[] };
export type MapNode = Extent & { type: "map"; entries: { key: ExpressionNode; value: ExpressionNode }[] };
export type RangeNode = Extent & { type: "range"; from: ExpressionNode; to: ExpressionNode };
export type BinaryOperator =
  | "||"
  | "&&"
  | "=="
  | "!="
  | "<"
  | ">"
  | "<="
  | ">="
  | "+"
  | "-"
  | "*"
  | "/"
  | "%";
export type BinaryNode = Extent & {
  type: "binary";
  operator: BinaryOperator;
  left: ExpressionNode;
  right: ExpressionNode;
};
export type NotNode = Extent & { type: "not"; operand: ExpressionNode };

export type ExpressionNode =
  | StringNode
  | ReferenceNode
  | IntegerNode
  | DecimalNode
  | BooleanNode
  | ListNode
  | MapNode
  | RangeNode
  | BinaryNode
  | NotNode;

export type DirectiveArgument = ExpressionNode | WordNode;

export type StatementNode =
  | TextNode
  | LiteralBlockNode
  | CommentNode
  | EscapedDirectiveNode
  | BackslashesNode
  | DirectiveNode
  | IfNode
  | SetNode
  | ReferenceNode;

export type TemplateNode = Extent & { type: "template"; statements: StatementNode[] };
