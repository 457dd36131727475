import { type Token, TokenKind } from "@/server/vtl/lexer/token";
import type { TokenSource } from "@/server/vtl/lexer/token-source";
import {
  directiveArgument,
  Lookahead,
  mapEntry,
  memberAccess,
  methodCall,
  notExpression,
  rangeStart,
  reference,
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

const MAX_NESTING = 500;

type Level = Readonly<Record<number, BinaryOperator>>;

const levels: readonly Level[] = [
  { [TokenKind.Or]: "||" },
  { [TokenKind.And]: "&&" },
  { [TokenKind.Equal]: "==", [TokenKind.NotEqual]: "!=" },
  {
    [TokenKind.Less]: "<",
    [TokenKind.Greater]: ">",
    [TokenKind.LessOrEqual]: "<=",
    [TokenKind.GreaterOrEqual]: ">=",
  },
  { [TokenKind.Plus]: "+", [TokenKind.Minus]: "-" },
  { [TokenKind.Multiply]: "*", [TokenKind.Divide]: "/", [TokenKind.Modulus]: "%" },
];

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
    return new ParseFailure("unexpected-token", `Unexpected ${JSON.stringify(token.image)} here.`, token);
  }

  protected nested<T>(parse: () => T): T {
    if (++this.depth > MAX_NESTING) {
      throw new ParseFailure("too-deep", "The template is nested too deeply.", this.tokens.peek(1));
    }
    const result = parse();
    this.depth--;
    return result;
  }

  protected get referenceFollows(): boolean {
    return this.lookahead.begins(reference, 2);
  }

  protected get argumentFollows(): boolean {
    return this.lookahead.begins(directiveArgument, 2);
  }

  protected parseExpression(): ExpressionNode {
    return this.nested(() => this.parseLevel(0));
  }

  private parseLevel(at: number): ExpressionNode {
    const level = levels[at];
    if (level === undefined) return this.parseUnary();
    let left = this.parseLevel(at + 1);
    for (;;) {
      const operator = level[this.tokens.kind];
      if (operator === undefined) return left;
      this.tokens.advance();
      const first = this.tokens.peek(1);
      const right = this.parseLevel(at + 1);
      left = { type: "binary", operator, left, right, first, last: this.tokens.current };
    }
  }

  private parseUnary(): ExpressionNode {
    if (!this.lookahead.begins(notExpression, 2)) return this.parsePrimary();
    this.accept(TokenKind.Whitespace);
    this.expect(TokenKind.Not);
    const first = this.tokens.peek(1);
    const operand = this.nested(() => this.parseUnary());
    return { type: "not", operand, first, last: this.tokens.current };
  }

  private parsePrimary(): ExpressionNode {
    this.accept(TokenKind.Whitespace);
    let node: ExpressionNode;
    if (this.tokens.kind === TokenKind.ParenOpen) {
      this.tokens.advance();
      node = this.parseExpression();
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
        return this.nested(() => this.parseMap());
      case TokenKind.BracketOpen:
        return this.nested(() =>
          this.lookahead.begins(rangeStart, Number.POSITIVE_INFINITY) ? this.parseRange() : this.parseList(),
        );
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
    const node = this.parseOperand();
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
    return this.nested(() => {
      const first = this.tokens.peek(1);
      const formal = this.accept(TokenKind.ReferenceCurlyOpen);
      this.expect(TokenKind.Identifier);
      const steps: ReferenceStep[] = [];
      this.parseIndexes(steps);
      while (this.tokens.kind === TokenKind.Dot && this.lookahead.begins(memberAccess, 2)) {
        this.expect(TokenKind.Dot);
        steps.push(this.lookahead.begins(methodCall, 3) ? this.parseMethod() : this.parseIdentifier());
        this.parseIndexes(steps);
      }
      if (formal) this.expect(TokenKind.ReferenceCurlyClose);
      return { type: "reference", steps, first, last: this.tokens.current };
    });
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
    const index = this.parseOperand();
    this.accept(TokenKind.Whitespace);
    return { type: "index", index, first, last: this.expect(TokenKind.IndexClose) };
  }
}
