import { type Token, TokenKind } from "@/server/vtl/lexer/token";
import type { TokenSource } from "@/server/vtl/lexer/token-source";
import {
  directiveArgument,
  Lookahead,
  mapEntry,
  notExpression,
  rangeStart,
} from "@/server/vtl/parser/lookahead";
import { ParseFailure } from "@/server/vtl/parser/parse-failure";
import type {
  BinaryOperator,
  DirectiveArgument,
  ExpressionNode,
  IndexStep,
  ListNode,
  MapNode,
  MethodStep,
  RangeNode,
  ReferenceNode,
  ReferenceStep,
} from "@/server/vtl/parser/syntax-tree";
import { TokenStream } from "@/server/vtl/parser/token-stream";

const MAX_NESTING = 1000;

type Operator = { readonly symbol: BinaryOperator; readonly level: number };

/** Operators by how tightly they bind; all of them group from the left. */
const operators: ReadonlyMap<number, Operator> = new Map([
  [TokenKind.Or, { symbol: "||", level: 1 }],
  [TokenKind.And, { symbol: "&&", level: 2 }],
  [TokenKind.Equal, { symbol: "==", level: 3 }],
  [TokenKind.NotEqual, { symbol: "!=", level: 3 }],
  [TokenKind.Less, { symbol: "<", level: 4 }],
  [TokenKind.Greater, { symbol: ">", level: 4 }],
  [TokenKind.LessOrEqual, { symbol: "<=", level: 4 }],
  [TokenKind.GreaterOrEqual, { symbol: ">=", level: 4 }],
  [TokenKind.Plus, { symbol: "+", level: 5 }],
  [TokenKind.Minus, { symbol: "-", level: 5 }],
  [TokenKind.Multiply, { symbol: "*", level: 6 }],
  [TokenKind.Divide, { symbol: "/", level: 6 }],
  [TokenKind.Modulus, { symbol: "%", level: 6 }],
]);

const argumentStarts = new Set<number>([
  TokenKind.Whitespace,
  TokenKind.StringLiteral,
  TokenKind.Integer,
  TokenKind.Decimal,
  TokenKind.True,
  TokenKind.False,
  TokenKind.BracketOpen,
  TokenKind.CurlyOpen,
  TokenKind.Identifier,
  TokenKind.ReferenceCurlyOpen,
  TokenKind.CallClose,
]);

/** References, literals and operators. Every node's extent runs from the token that began it, as Velocity's do. */
export class ExpressionParser {
  protected readonly tokens: TokenStream;
  private readonly lookahead: Lookahead;
  private depth = 0;

  constructor(source: TokenSource) {
    this.tokens = new TokenStream(source);
    this.lookahead = new Lookahead(this.tokens);
  }

  protected expect(kind: number): Token {
    if (this.tokens.kind !== kind) throw this.unexpected();
    return this.tokens.advance();
  }

  protected accept(kind: number): boolean {
    if (this.tokens.kind !== kind) return false;
    this.tokens.advance();
    return true;
  }

  protected unexpected(): ParseFailure {
    const token = this.tokens.peek(1);
    if (token.kind === TokenKind.Eof) {
      return new ParseFailure("unexpected-end", "The template ends in the middle of something.", token);
    }
    return new ParseFailure(
      "unexpected-token",
      `Unexpected ${JSON.stringify(token.image.trim() || token.image)} here.`,
      token,
    );
  }

  protected enter(): void {
    if (++this.depth > MAX_NESTING) {
      throw new ParseFailure("too-deep", "The template is nested too deeply.", this.tokens.peek(1));
    }
  }

  protected leave(): void {
    this.depth--;
  }

  protected get referenceFollows(): boolean {
    const { kind } = this.tokens;
    if (kind !== TokenKind.Identifier && kind !== TokenKind.ReferenceCurlyOpen) return false;
    // As the rule does, it makes the second token even where the first says enough.
    const second = this.tokens.peek(2).kind;
    return kind === TokenKind.Identifier || second === TokenKind.Identifier;
  }

  protected get argumentFollows(): boolean {
    return this.lookahead.begins(directiveArgument, 2);
  }

  protected parseExpression(): ExpressionNode {
    return this.parseOperation(1);
  }

  /** Operators of this level and tighter ones. */
  private parseOperation(level: number): ExpressionNode {
    let left = this.parseUnary();
    for (;;) {
      const operator = operators.get(this.tokens.kind);
      if (operator === undefined || operator.level < level) return left;
      this.tokens.advance();
      const first = this.tokens.peek(1);
      const right = this.parseOperation(operator.level + 1);
      left = { type: "binary", operator: operator.symbol, left, right, first, last: this.tokens.current };
    }
  }

  private parseUnary(): ExpressionNode {
    if (!this.lookahead.begins(notExpression, 2)) return this.parsePrimary();
    this.accept(TokenKind.Whitespace);
    this.expect(TokenKind.Not);
    const first = this.tokens.peek(1);
    this.enter();
    const operand = this.parseUnary();
    this.leave();
    return { type: "not", operand, first, last: this.tokens.current };
  }

  private parsePrimary(): ExpressionNode {
    this.accept(TokenKind.Whitespace);
    let node: ExpressionNode;
    if (this.tokens.kind === TokenKind.ParenOpen) {
      this.tokens.advance();
      this.enter();
      node = this.parseOperation(1);
      this.leave();
      this.expect(TokenKind.ParenClose);
    } else {
      node = this.parseOperand();
    }
    this.accept(TokenKind.Whitespace);
    return node;
  }

  private parseOperand(): ExpressionNode {
    const token = this.tokens.peek(1);
    switch (token.kind) {
      case TokenKind.StringLiteral:
        return { type: "string", first: this.tokens.advance(), last: token };
      case TokenKind.Integer:
        return { type: "integer", first: this.tokens.advance(), last: token };
      case TokenKind.Decimal:
        return { type: "decimal", first: this.tokens.advance(), last: token };
      case TokenKind.True:
      case TokenKind.False:
        this.tokens.advance();
        return { type: "boolean", value: token.kind === TokenKind.True, first: token, last: token };
      case TokenKind.Identifier:
      case TokenKind.ReferenceCurlyOpen:
        return this.parseReference();
      case TokenKind.CurlyOpen:
        return this.parseMap();
      case TokenKind.BracketOpen:
        return this.lookahead.begins(rangeStart, Number.POSITIVE_INFINITY)
          ? this.parseRange()
          : this.parseList();
      default:
        throw this.unexpected();
    }
  }

  protected parseDirectiveArgument(): DirectiveArgument {
    const token = this.tokens.peek(1);
    if (token.kind === TokenKind.Word) return { type: "word", first: this.tokens.advance(), last: token };
    return this.parseOperand();
  }

  /** An argument of a method, or a member of a list or map: no operators. */
  private parseParameter(): ExpressionNode {
    this.accept(TokenKind.Whitespace);
    this.enter();
    const node = this.parseOperand();
    this.leave();
    this.accept(TokenKind.Whitespace);
    return node;
  }

  private parseMap(): MapNode {
    const first = this.expect(TokenKind.CurlyOpen);
    const entries: MapNode["entries"] = [];
    if (this.lookahead.begins(mapEntry, 2)) {
      do {
        const key = this.parseParameter();
        this.expect(TokenKind.Colon);
        entries.push({ key, value: this.parseParameter() });
      } while (this.accept(TokenKind.Comma));
    } else {
      this.accept(TokenKind.Whitespace);
    }
    if (!this.accept(TokenKind.ReferenceCurlyClose)) this.expect(TokenKind.CurlyClose);
    return { type: "map", entries, first, last: this.tokens.current };
  }

  private parseList(): ListNode {
    const first = this.expect(TokenKind.BracketOpen);
    const items: ExpressionNode[] = [];
    if (this.tokens.kind !== TokenKind.BracketClose) {
      do items.push(this.parseParameter());
      while (this.accept(TokenKind.Comma));
    }
    return { type: "list", items, first, last: this.expect(TokenKind.BracketClose) };
  }

  private parseRange(): RangeNode {
    const first = this.expect(TokenKind.BracketOpen);
    const from = this.parseBound();
    this.expect(TokenKind.DoubleDot);
    const to = this.parseBound();
    return { type: "range", from, to, first, last: this.expect(TokenKind.BracketClose) };
  }

  private parseBound(): ExpressionNode {
    this.accept(TokenKind.Whitespace);
    const token = this.tokens.peek(1);
    const node: ExpressionNode =
      token.kind === TokenKind.Integer
        ? { type: "integer", first: this.tokens.advance(), last: token }
        : this.parseReference();
    this.accept(TokenKind.Whitespace);
    return node;
  }

  protected parseReference(): ReferenceNode {
    const first = this.tokens.peek(1);
    const formal = this.accept(TokenKind.ReferenceCurlyOpen);
    this.expect(TokenKind.Identifier);
    const steps: ReferenceStep[] = [];
    this.parseIndexes(steps);
    while (this.tokens.kind === TokenKind.Dot && this.tokens.peek(2).kind === TokenKind.Identifier) {
      this.expect(TokenKind.Dot);
      steps.push(this.methodFollows ? this.parseMethod() : this.parseIdentifier());
      this.parseIndexes(steps);
    }
    if (formal) this.expect(TokenKind.ReferenceCurlyClose);
    return { type: "reference", steps, first, last: this.tokens.current };
  }

  /** A name, a parenthesis, and what an argument may begin with, or the end of none. */
  private get methodFollows(): boolean {
    return this.tokens.peek(2).kind === TokenKind.ParenOpen && argumentStarts.has(this.tokens.peek(3).kind);
  }

  private parseIdentifier(): ReferenceStep {
    const first = this.expect(TokenKind.Identifier);
    return { type: "identifier", first, last: first };
  }

  private parseMethod(): MethodStep {
    const first = this.expect(TokenKind.Identifier);
    this.expect(TokenKind.ParenOpen);
    const args: ExpressionNode[] = [];
    if (this.tokens.kind !== TokenKind.CallClose) {
      do args.push(this.parseParameter());
      while (this.accept(TokenKind.Comma));
    }
    return { type: "method", args, first, last: this.expect(TokenKind.CallClose) };
  }

  private parseIndexes(steps: ReferenceStep[]): void {
    while (this.tokens.kind === TokenKind.IndexOpen) steps.push(this.parseIndex());
  }

  private parseIndex(): IndexStep {
    const first = this.expect(TokenKind.IndexOpen);
    this.accept(TokenKind.Whitespace);
    const { kind } = this.tokens;
    if (kind === TokenKind.CurlyOpen || kind === TokenKind.BracketOpen || kind === TokenKind.Decimal) {
      throw this.unexpected();
    }
    this.enter();
    const index = this.parseOperand();
    this.leave();
    this.accept(TokenKind.Whitespace);
    return { type: "index", index, first, last: this.expect(TokenKind.IndexClose) };
  }
}
