/** What the lexer is inside of; the same characters are different tokens in different states. */
export const LexicalState = {
  /** After `$`. */
  Reference: 0,
  /** After the dot of `$a.b`. */
  Member: 1,
  /** Inside `$a[…]`. */
  Index: 2,
  /** Inside a directive's parentheses. */
  Directive: 3,
  /** Inside the parentheses of a method call. */
  Call: 4,
  Default: 5,
  LiteralBlock: 7,
  BlockComment: 8,
  FormalComment: 9,
  LineComment: 10,
  /** After `#`, before it is known whether a directive follows. */
  Hash: 11,
} as const;

export type LexicalState = (typeof LexicalState)[keyof typeof LexicalState];
