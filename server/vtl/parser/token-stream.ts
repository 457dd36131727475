import type { Token } from "@/server/vtl/lexer/token";
import type { TokenSource } from "@/server/vtl/lexer/token-source";

/** The tokens of a template, made as they are looked at and linked from one to the next. */
export class TokenStream {
  /** The token consumed last. */
  current: Token = { kind: -1, image: "", start: 0, end: 0, skipped: null, next: null };
  consumed = 0;
  /** Tokens made ahead, from `aheadFrom` on. */
  private ahead: Token[] = [];
  private aheadFrom = 0;
  private last: Token = this.current;

  constructor(readonly source: TokenSource) {}

  /** The n-th token that is not consumed yet, counted from 1. */
  peek(n: number): Token {
    while (this.ahead.length - this.aheadFrom < n) {
      const made = this.source.nextToken();
      this.last.next = made;
      this.last = made;
      this.ahead.push(made);
    }
    return this.ahead[this.aheadFrom + n - 1] as Token;
  }

  get kind(): number {
    return this.peek(1).kind;
  }

  advance(): Token {
    const token = this.peek(1);
    this.aheadFrom++;
    if (this.aheadFrom > 64 && this.aheadFrom * 2 > this.ahead.length) {
      this.ahead = this.ahead.slice(this.aheadFrom);
      this.aheadFrom = 0;
    }
    this.consumed++;
    this.current = token;
    return token;
  }
}
