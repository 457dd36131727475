/**
 * The token kinds of Velocity 1.7 that can reach the parser. The order matters: of two equally long matches the
 * lower kind wins, and "any character" kinds come last in their state.
 */
export const TokenKind = {
  Eof: 0,
  IndexOpen: 1,
  IndexClose: 2,
  BracketOpen: 3,
  BracketClose: 4,
  Comma: 5,
  DoubleDot: 6,
  Colon: 7,
  CurlyOpen: 8,
  CurlyClose: 9,
  ParenOpen: 10,
  ParenClose: 11,
  CallClose: 12,
  EscapedDirective: 13,
  Set: 14,
  LineCommentStart: 21,
  DoubleBackslash: 22,
  Backslash: 23,
  Text: 24,
  LineCommentEnd: 25,
  FormalComment: 26,
  BlockComment: 27,
  LiteralBlock: 28,
  Whitespace: 31,
  StringLiteral: 32,
  True: 33,
  False: 34,
  Minus: 36,
  Plus: 37,
  Multiply: 38,
  Divide: 39,
  Modulus: 40,
  And: 41,
  Or: 42,
  Less: 43,
  LessOrEqual: 44,
  Greater: 45,
  GreaterOrEqual: 46,
  Equal: 47,
  NotEqual: 48,
  Not: 49,
  Assign: 50,
  End: 51,
  If: 52,
  ElseIf: 53,
  Else: 54,
  Integer: 56,
  Decimal: 57,
  Word: 61,
  BracedWord: 62,
  Identifier: 66,
  Dot: 67,
  ReferenceCurlyOpen: 68,
  ReferenceCurlyClose: 69,
  EmptyIndex: 72,
} as const;

export type TokenKind = (typeof TokenKind)[keyof typeof TokenKind];

/** One token. `image` may be shortened by the parser: an escaped reference loses its backslashes. */
export type Token = {
  readonly kind: number;
  image: string;
  /** UTF-16 offsets into the source; for the end of the input both are its last character. */
  readonly start: number;
  readonly end: number;
  /** Images of the terminators skipped just before, oldest first. They still hold the `$`, `#` or `\` they ate. */
  readonly skipped: readonly string[] | null;
  next: Token | null;
};

/** A token's source text, with what the skipped terminators before it had swallowed. */
export function tokenLiteral(token: Token): string {
  if (token.kind === TokenKind.BlockComment) return "";
  const { skipped } = token;
  if (skipped === null || skipped[skipped.length - 1]?.startsWith("##")) return token.image;
  return skippedText(skipped) + token.image;
}

function skippedText(images: readonly string[]): string {
  let text = "";
  for (const image of images) {
    for (let i = 0; i < image.length; i++) {
      const ch = image[i];
      if (ch === "#" || ch === "$") text += ch;
      if (ch !== "\\") continue;
      let end = i;
      while (image[end] === "\\") end++;
      if (image[end] !== "$") continue;
      text += image.slice(i, end + 1);
      // Velocity skips one character more here than it copied; it is never one that would be printed.
      i = end + 1;
    }
  }
  return text;
}

/** The source text from one token to another, both included. */
export function literalBetween(first: Token, last: Token): string {
  let text = tokenLiteral(first);
  for (let token = first; token !== last && token.next !== null; ) {
    token = token.next;
    text += tokenLiteral(token);
  }
  return text;
}
