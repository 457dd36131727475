import { directiveForm, isRecognizedName } from "@/server/vtl/directives/directive-names";
import { type Token, TokenKind } from "@/server/vtl/lexer/token";
import type { TokenSource } from "@/server/vtl/lexer/token-source";
import { ExpressionParser } from "@/server/vtl/parser/expression-parser";
import { ParseFailure } from "@/server/vtl/parser/parse-failure";
import type {
  BackslashesNode,
  BlockNode,
  DirectiveArgument,
  DirectiveNode,
  EscapedDirectiveNode,
  IfNode,
  SetNode,
  StatementNode,
  TemplateNode,
} from "@/server/vtl/parser/syntax-tree";

const textKinds = new Set<number>([
  TokenKind.ParenOpen,
  TokenKind.ParenClose,
  TokenKind.Backslash,
  TokenKind.Text,
  TokenKind.StringLiteral,
  TokenKind.Integer,
  TokenKind.Decimal,
  TokenKind.Dot,
  TokenKind.ReferenceCurlyOpen,
  TokenKind.ReferenceCurlyClose,
  TokenKind.EmptyIndex,
]);

const otherStarts = new Set<number>([
  TokenKind.EscapedDirective,
  TokenKind.Set,
  TokenKind.LineCommentStart,
  TokenKind.DoubleBackslash,
  TokenKind.FormalComment,
  TokenKind.BlockComment,
  TokenKind.LiteralBlock,
  TokenKind.If,
  TokenKind.Word,
  TokenKind.BracedWord,
  TokenKind.Identifier,
]);

const controlKinds = new Set<number>([TokenKind.If, TokenKind.Else, TokenKind.ElseIf, TokenKind.End]);

/** Statements: text, references, comments, escapes and directives. */
export class StatementParser extends ExpressionParser {
  constructor(
    private readonly source: TokenSource,
    private readonly macroNames: Set<string>,
  ) {
    super(source);
  }

  parse(): TemplateNode {
    const first = this.tokens.peek(1);
    const statements = this.parseStatements();
    const last = this.expect(TokenKind.Eof);
    return { type: "template", statements, first, last };
  }

  private parseStatements(): StatementNode[] {
    const statements: StatementNode[] = [];
    for (;;) {
      const { kind } = this.tokens;
      if (!textKinds.has(kind) && !otherStarts.has(kind)) return statements;
      statements.push(this.parseStatement());
    }
  }

  private parseBlock(): BlockNode {
    const first = this.tokens.peek(1);
    this.enter();
    const statements = this.parseStatements();
    this.leave();
    return { type: "block", statements, first, last: this.tokens.current };
  }

  private parseStatement(): StatementNode {
    const { kind } = this.tokens;
    if (kind === TokenKind.If) return this.parseIf();
    if (this.referenceFollows) return this.parseReference();
    switch (kind) {
      case TokenKind.LineCommentStart:
      case TokenKind.BlockComment:
      case TokenKind.FormalComment: {
        const first = this.tokens.advance();
        if (kind === TokenKind.LineCommentStart) this.accept(TokenKind.LineCommentEnd);
        return { type: "comment", first, last: this.tokens.current };
      }
      case TokenKind.LiteralBlock: {
        const token = this.tokens.advance();
        return { type: "literal-block", first: token, last: token };
      }
      case TokenKind.Set:
        return this.parseSet();
      case TokenKind.EscapedDirective:
        return this.parseEscapedDirective();
      case TokenKind.DoubleBackslash:
        return this.parseBackslashes();
      case TokenKind.Word:
      case TokenKind.BracedWord:
        return this.parseDirective();
      default: {
        if (!textKinds.has(kind)) throw this.unexpected();
        const token = this.tokens.advance();
        return { type: "text", first: token, last: token };
      }
    }
  }

  private parseSet(): SetNode {
    const first = this.expect(TokenKind.Set);
    this.accept(TokenKind.Whitespace);
    const target = this.parseReference();
    this.accept(TokenKind.Whitespace);
    this.expect(TokenKind.Assign);
    const value = this.parseExpression();
    this.expect(TokenKind.ParenClose);
    this.source.leaveSet();
    // Velocity looks for a line end of its own here; the parenthesis has always taken it already.
    this.tokens.peek(1);
    return { type: "set", target, value, first, last: this.tokens.current };
  }

  private parseIf(): IfNode {
    const first = this.expect(TokenKind.If);
    const branches = [this.parseBranch()];
    while (this.accept(TokenKind.ElseIf)) branches.push(this.parseBranch());
    const otherwise = this.accept(TokenKind.Else) ? this.parseBlock() : null;
    const last = this.expectEnd(first);
    return { type: "if", branches, otherwise, first, last };
  }

  private expectEnd(opened: Token): Token {
    const token = this.tokens.peek(1);
    if (token.kind === TokenKind.Eof) {
      const name = opened.image.replace(/[{}]/g, "");
      throw new ParseFailure("unclosed-block", `${name} has no #end.`, token, opened);
    }
    return this.expect(TokenKind.End);
  }

  private parseBranch(): IfNode["branches"][number] {
    this.accept(TokenKind.Whitespace);
    this.expect(TokenKind.ParenOpen);
    const condition = this.parseExpression();
    this.expect(TokenKind.ParenClose);
    return { condition, block: this.parseBlock() };
  }

  /** Backslashes before a directive's name: an odd number escapes it, and two stand for one. */
  private parseEscapedDirective(): EscapedDirectiveNode {
    const token = this.tokens.advance();
    const { image } = token;
    const backslashes = image.lastIndexOf("\\") + 1;
    const directive = image.slice(backslashes);
    const name = directive[1] === "{" ? directive.slice(2, -1) : directive.slice(1);
    if (isRecognizedName(name) || this.macroNames.has(name)) {
      token.image = image.slice(0, (backslashes - 1) >> 1) + directive;
    }
    return { type: "escaped-directive", first: token, last: token };
  }

  private parseBackslashes(): BackslashesNode {
    const first = this.tokens.peek(1);
    let count = 0;
    do {
      this.tokens.advance();
      count++;
    } while (this.tokens.kind === TokenKind.DoubleBackslash);
    const next = this.tokens.peek(1);
    const name = next.image.slice(1);
    const halved =
      controlKinds.has(next.kind) || directiveForm(name) !== undefined || this.macroNames.has(name);
    return {
      type: "backslashes",
      text: (halved ? "\\" : "\\\\").repeat(count),
      first,
      last: this.tokens.current,
    };
  }

  private parseDirective(): DirectiveNode {
    const first = this.tokens.advance();
    const name = first.kind === TokenKind.BracedWord ? first.image.slice(2, -1) : first.image.slice(1);
    const form = directiveForm(name);
    const isBlock = form === "block" || (form === undefined && name.startsWith("@"));
    this.source.enterDirective();
    if (!this.source.parenthesisFollows) {
      if (name === "macro")
        throw this.macroFailure("A macro declaration requires at least a name argument.", first);
      this.source.pop();
      return { type: "directive", name, called: false, args: [], block: null, first, last: first };
    }
    const args = this.parseDirectiveArguments(name, first);
    const called = { type: "directive" as const, name, called: true, args, first };
    if (!isBlock) return { ...called, block: null, last: this.tokens.current };
    const block = this.parseBlock();
    const last = this.expectEnd(first);
    if (name === "macro") this.declareMacro(args, first);
    return { ...called, block, last };
  }

  private parseDirectiveArguments(name: string, first: Token): DirectiveArgument[] {
    const args: DirectiveArgument[] = [];
    this.accept(TokenKind.Whitespace);
    this.expect(TokenKind.ParenOpen);
    while (this.argumentFollows) {
      this.accept(TokenKind.Whitespace);
      if (this.accept(TokenKind.Comma)) this.accept(TokenKind.Whitespace);
      const arg = this.parseDirectiveArgument();
      const isMacroName = name === "macro" && args.length === 0;
      if (arg.type === "word") {
        const allowed =
          isMacroName || directiveForm(name) === undefined || (name === "foreach" && args.length === 1);
        if (!allowed) throw this.macroFailure(`Invalid argument ${args.length + 1} of #${name}.`, first);
      } else if (isMacroName) {
        throw this.macroFailure("The first argument of #macro must be its name, without quotes.", first);
      }
      args.push(arg);
    }
    this.accept(TokenKind.Whitespace);
    this.expect(TokenKind.ParenClose);
    return args;
  }

  private declareMacro(args: readonly DirectiveArgument[], first: Token): void {
    const nameArgument = args[0];
    if (nameArgument === undefined) throw this.macroFailure("A macro declaration requires a name.", first);
    this.macroNames.add(nameArgument.first.image);
  }

  /** Velocity reports these at the token after the directive's name, if that has been read already. */
  private macroFailure(message: string, first: Token): ParseFailure {
    return new ParseFailure("invalid-directive", message, first.next ?? first);
  }
}
