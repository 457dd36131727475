import { TokenKind } from "@/server/vtl/lexer/token";
import type { TokenStream } from "@/server/vtl/parser/token-stream";

/** A shape of tokens to look ahead for. Alternatives are tried in order and the first that fits is kept. */
export type Shape =
  | { readonly token: number }
  | { readonly sequence: readonly Shape[] }
  | { readonly anyOf: readonly Shape[] }
  | { readonly optional: Shape }
  | { readonly repeated: Shape }
  | { readonly name: string; readonly shape: () => Shape };

const token = (kind: number): Shape => ({ token: kind });
const sequence = (...shapes: Shape[]): Shape => ({ sequence: shapes });
const anyOf = (...shapes: Shape[]): Shape => ({ anyOf: shapes });
const optional = (shape: Shape): Shape => ({ optional: shape });
const repeated = (shape: Shape): Shape => ({ repeated: shape });
const named = (name: string, shape: () => Shape): Shape => ({ name, shape });

const space = optional(token(TokenKind.Whitespace));
const string = token(TokenKind.StringLiteral);
const integer = token(TokenKind.Integer);
const decimal = token(TokenKind.Decimal);
const yes = token(TokenKind.True);
const no = token(TokenKind.False);
const word = token(TokenKind.Word);

const parameter: Shape = named("parameter", () => parameterShape);
const index = sequence(
  token(TokenKind.IndexOpen),
  space,
  anyOf(
    string,
    integer,
    yes,
    no,
    named("reference", () => reference),
  ),
  space,
  token(TokenKind.IndexClose),
);
const methodCall: Shape = sequence(
  token(TokenKind.Identifier),
  token(TokenKind.ParenOpen),
  optional(sequence(parameter, repeated(sequence(token(TokenKind.Comma), parameter)))),
  token(TokenKind.CallClose),
);
const memberAccess: Shape = sequence(
  token(TokenKind.Dot),
  anyOf(methodCall, token(TokenKind.Identifier)),
  repeated(index),
);
const path = sequence(token(TokenKind.Identifier), repeated(index), repeated(memberAccess));
const reference: Shape = anyOf(
  path,
  sequence(token(TokenKind.ReferenceCurlyOpen), path, token(TokenKind.ReferenceCurlyClose)),
);
const bound = anyOf(reference, integer);
/** `[a ..`: what tells a range from a list. */
export const rangeStart: Shape = sequence(
  token(TokenKind.BracketOpen),
  space,
  bound,
  space,
  token(TokenKind.DoubleDot),
);
const range = named("range", () =>
  sequence(
    token(TokenKind.BracketOpen),
    space,
    bound,
    space,
    token(TokenKind.DoubleDot),
    space,
    bound,
    space,
    token(TokenKind.BracketClose),
  ),
);
const list = named("list", () =>
  sequence(
    token(TokenKind.BracketOpen),
    optional(sequence(parameter, repeated(sequence(token(TokenKind.Comma), parameter)))),
    token(TokenKind.BracketClose),
  ),
);
export const mapEntry: Shape = sequence(parameter, token(TokenKind.Colon), parameter);
const map = named("map", () =>
  sequence(
    token(TokenKind.CurlyOpen),
    anyOf(sequence(mapEntry, repeated(sequence(token(TokenKind.Comma), mapEntry))), space),
    anyOf(token(TokenKind.CurlyClose), token(TokenKind.ReferenceCurlyClose)),
  ),
);
const parameterShape = sequence(
  space,
  anyOf(string, integer, range, map, list, yes, no, reference, decimal),
  space,
);
export const directiveArgument: Shape = sequence(
  space,
  optional(sequence(token(TokenKind.Comma), space)),
  anyOf(reference, word, string, integer, range, decimal, map, list, yes, no),
);
const parenthesized = sequence(
  token(TokenKind.ParenOpen),
  named("expression", () => negation),
);
const primary = sequence(
  space,
  anyOf(string, reference, integer, range, decimal, map, list, yes, no, parenthesized),
  space,
);
const negation: Shape = anyOf(
  sequence(
    space,
    token(TokenKind.Not),
    named("expression", () => negation),
  ),
  primary,
);
export const notExpression: Shape = sequence(
  space,
  token(TokenKind.Not),
  named("expression", () => negation),
);

/** As many tokens as were asked for have fitted: that settles the question. */
const ENOUGH = -2;
const FAILED = -1;

/**
 * javacc's syntactic lookahead: whether the next tokens, up to `limit` of them, begin a shape. It makes (and keeps)
 * just the tokens it looks at.
 */
export class Lookahead {
  private readonly remembered = new Map<string, number>();
  private limit = 0;
  private furthest = 0;

  constructor(private readonly tokens: TokenStream) {}

  begins(shape: Shape, limit: number): boolean {
    this.limit = limit;
    this.furthest = 0;
    return this.scan(shape, 0) !== FAILED;
  }

  /** Number of tokens consumed when `shape` fits after `from` tokens, or FAILED, or ENOUGH. */
  private scan(shape: Shape, from: number): number {
    if ("token" in shape) return this.scanToken(shape.token, from);
    if ("sequence" in shape) {
      let at = from;
      for (const part of shape.sequence) {
        at = this.scan(part, at);
        if (at < 0) return at;
      }
      return at;
    }
    if ("anyOf" in shape) {
      for (const choice of shape.anyOf) {
        const at = this.scan(choice, from);
        if (at !== FAILED) return at;
      }
      return FAILED;
    }
    if ("optional" in shape) {
      const at = this.scan(shape.optional, from);
      return at === FAILED ? from : at;
    }
    if ("repeated" in shape) {
      let at = from;
      for (;;) {
        const next = this.scan(shape.repeated, at);
        if (next === FAILED) return at;
        if (next === ENOUGH) return next;
        at = next;
      }
    }
    return this.scanNamed(shape, from);
  }

  private scanToken(kind: number, from: number): number {
    const at = from + 1;
    if (at > this.furthest) this.furthest = at;
    if (this.tokens.peek(at).kind !== kind) return FAILED;
    return this.furthest >= this.limit && at === this.furthest ? ENOUGH : at;
  }

  /** Nested lists would be scanned once per level and alternative: unlimited answers are remembered. */
  private scanNamed(shape: { name: string; shape: () => Shape }, from: number): number {
    if (this.limit !== Number.POSITIVE_INFINITY) return this.scan(shape.shape(), from);
    const start = this.tokens.consumed + from;
    const key = `${shape.name}@${start}`;
    const known = this.remembered.get(key);
    if (known !== undefined) {
      if (known !== FAILED) this.furthest = Math.max(this.furthest, from + known);
      return known === FAILED ? FAILED : from + known;
    }
    const at = this.scan(shape.shape(), from);
    this.remembered.set(key, at === FAILED ? FAILED : at - from);
    return at;
  }
}
