import { isWhitespace } from "@/server/vtl/lexer/characters";
import { LexicalState } from "@/server/vtl/lexer/lexical-state";
import { LongestMatch } from "@/server/vtl/lexer/longest-match";
import {
  AnyInComment,
  AnyInLiteralBlock,
  DirectiveTerminator,
  matchInState,
  Prefix,
  ReferenceTerminator,
} from "@/server/vtl/lexer/state-matchers";
import { type Token, TokenKind } from "@/server/vtl/lexer/token";

type SavedState = { readonly state: LexicalState; readonly open: number; readonly closed: number };

/** Thrown where no rule matches, or where the input ends inside a token. */
export class LexicalError extends Error {
  constructor(
    message: string,
    readonly offset: number,
    /** The input ended; the place is one past its last character. */
    readonly atEnd: boolean,
    /** Where the token begins that does not end. */
    readonly start = offset,
  ) {
    super(message);
  }
}

/**
 * Velocity 1.7's token manager: a stack of lexical states, driven partly by the tokens and partly by the parser
 * (which knows whether a `#word` is a directive). Tokens must therefore be made no earlier than the parser asks.
 */
export class TokenSource {
  private position = 0;
  private state: LexicalState = LexicalState.Default;
  private open = 0;
  private closed = 0;
  private inComment = false;
  private inSet = false;
  private readonly stack: SavedState[] = [];
  private readonly match = new LongestMatch();

  constructor(readonly text: string) {}

  enterDirective(): void {
    this.state = LexicalState.Directive;
  }

  leaveSet(): void {
    this.inSet = false;
  }

  /** Whether a `(` comes next, white space aside. */
  get parenthesisFollows(): boolean {
    let at = this.position;
    while (isWhitespace(this.text.charCodeAt(at))) at++;
    return this.text.charCodeAt(at) === 40;
  }

  pop(): boolean {
    const saved = this.stack.pop();
    if (saved === undefined) {
      this.open = 0;
      this.state = LexicalState.Default;
      return false;
    }
    this.open = saved.open;
    this.closed = saved.closed;
    this.state = saved.state;
    return true;
  }

  private push(next: LexicalState): void {
    this.stack.push({ state: this.state, open: this.open, closed: this.closed });
    this.open = 0;
    this.state = next;
  }

  nextToken(): Token {
    let skipped: string[] | null = null;
    const { text, match } = this;
    for (;;) {
      if (this.position >= text.length) return this.endToken(skipped);
      const start = this.position;
      for (;;) {
        matchInState(this.state, text, this.position, match);
        const { kind, length } = match;
        if (kind === -1) throw this.noMatch(start);
        this.position += length;
        if (kind >= Prefix.Dollar && kind <= Prefix.Hash) {
          this.afterPrefix(kind);
        } else if (kind !== AnyInLiteralBlock) {
          if (kind === AnyInComment) break;
          if (kind === ReferenceTerminator || kind === DirectiveTerminator) {
            skipped ??= [];
            skipped.push(text.slice(start, this.position));
            this.position--;
            this.pop();
            break;
          }
          return this.finish(kind, start, skipped);
        }
        if (this.position >= text.length) {
          throw new LexicalError('Lexical error: the template ends here (after: "")', text.length - 1, true);
        }
      }
    }
  }

  private endToken(skipped: string[] | null): Token {
    const last = Math.max(0, this.text.length - 1);
    return {
      kind: TokenKind.Eof,
      image: this.text.slice(last),
      start: last,
      end: this.text.length,
      skipped,
      next: null,
    };
  }

  private noMatch(start: number): LexicalError {
    const reach = Math.max(1, this.match.reach);
    const last = Math.min(this.position + reach, this.text.length) - 1;
    const atEnd = this.position + reach >= this.text.length && reach > 1;
    const after = reach > 1 ? this.text.slice(start, atEnd ? undefined : last) : "";
    const shown = JSON.stringify(after.length > 40 ? `${after.slice(0, 40)}…` : after);
    const message = atEnd
      ? `Lexical error: the template ends within ${shown}`
      : `Lexical error: unexpected ${JSON.stringify(this.text[last])} after ${shown}`;
    return new LexicalError(message, last, atEnd, atEnd ? start : last);
  }

  private afterPrefix(kind: number): void {
    if (this.inComment) return;
    switch (kind) {
      case Prefix.Dollar:
      case Prefix.DollarBang:
        if (this.state === LexicalState.Reference) this.pop();
        this.push(LexicalState.Reference);
        return;
      case Prefix.Hash:
        if (this.state === LexicalState.Reference || this.state === LexicalState.Member) this.pop();
        this.push(LexicalState.Hash);
        return;
      case Prefix.FormalComment:
        this.position--;
        this.inComment = true;
        this.push(LexicalState.FormalComment);
        return;
      default:
        this.inComment = true;
        this.push(kind === Prefix.LiteralBlock ? LexicalState.LiteralBlock : LexicalState.BlockComment);
    }
  }

  private finish(kind: number, start: number, skipped: string[] | null): Token {
    let end = this.position;
    if (kind === TokenKind.Dot) end = --this.position;
    else if (kind === TokenKind.Integer && this.text.startsWith("..", end - 2)) end = this.position -= 2;
    const image = kind === TokenKind.Dot ? "." : this.text.slice(start, end);
    this.afterToken(kind);
    return { kind, image, start, end, skipped, next: null };
  }

  private afterToken(kind: number): void {
    switch (kind) {
      case TokenKind.IndexOpen:
        this.push(LexicalState.Index);
        return;
      case TokenKind.IndexClose:
      case TokenKind.ReferenceCurlyClose:
      case TokenKind.End:
      case TokenKind.Else:
        this.pop();
        return;
      case TokenKind.ParenOpen:
        this.open++;
        if (this.state === LexicalState.Member) this.state = LexicalState.Call;
        return;
      case TokenKind.ParenClose:
        this.closeParenthesis();
        return;
      case TokenKind.CallClose:
        this.state = LexicalState.Reference;
        return;
      case TokenKind.Set:
        this.push(LexicalState.Directive);
        this.inSet = true;
        this.open++;
        return;
      case TokenKind.LineCommentStart:
        if (this.state === LexicalState.Reference) this.pop();
        this.inComment = true;
        this.push(LexicalState.LineComment);
        return;
      case TokenKind.LineCommentEnd:
      case TokenKind.FormalComment:
      case TokenKind.BlockComment:
      case TokenKind.LiteralBlock:
        this.inComment = false;
        this.pop();
        return;
      case TokenKind.StringLiteral:
        if (this.state === LexicalState.Directive && !this.inSet && this.open === 0) this.pop();
        return;
      case TokenKind.If:
      case TokenKind.ElseIf:
        this.state = LexicalState.Directive;
        return;
      case TokenKind.Integer:
        if (
          this.open === 0 &&
          !this.inSet &&
          this.state !== LexicalState.Call &&
          this.state !== LexicalState.Index
        ) {
          this.pop();
        }
        return;
      case TokenKind.Decimal:
        if (this.open === 0 && !this.inSet && this.state !== LexicalState.Call) this.pop();
        return;
      case TokenKind.Dot:
        this.state = LexicalState.Member;
        return;
    }
  }

  /** Drops to the state that has an open parenthesis; closes it when this was its last. */
  private closeParenthesis(): void {
    while (this.open === 0) {
      if (!this.pop()) return;
    }
    if (this.open === this.closed + 1) this.pop();
    else this.closed++;
  }
}
