import { lineEndLength } from "@/server/vtl/lexer/characters";
import { LexicalState } from "@/server/vtl/lexer/lexical-state";
import {
  directiveNameLength,
  matchBoolean,
  matchDot,
  matchIdentifier,
  matchLineKeyword,
  matchNumber,
  matchSet,
  matchString,
  matchWhitespace,
  matchWord,
} from "@/server/vtl/lexer/literal-matchers";
import type { LongestMatch } from "@/server/vtl/lexer/longest-match";
import { TokenKind } from "@/server/vtl/lexer/token";

/** Matches that are no token of their own: what they matched is the beginning of the next one, or is dropped. */
export const Prefix = {
  Dollar: 15,
  DollarBang: 16,
  LiteralBlock: 17,
  FormalComment: 18,
  BlockComment: 19,
  Hash: 20,
} as const;

export const AnyInComment = 29;
export const AnyInLiteralBlock = 30;
export const ReferenceTerminator = 70;
export const DirectiveTerminator = 71;

type Matcher = (text: string, at: number, match: LongestMatch) => void;

function matchPrefix(text: string, at: number, match: LongestMatch): void {
  const code = text.charCodeAt(at);
  if (code === 35) {
    match.offer(Prefix.Hash, 1);
    if (text.startsWith("[[", at + 1)) match.offer(Prefix.LiteralBlock, 3);
    if (text.charCodeAt(at + 1) !== 42) return;
    match.offer(Prefix.BlockComment, 2);
    if (text.charCodeAt(at + 2) === 42 && at + 3 < text.length && text.charCodeAt(at + 3) !== 35) {
      match.offer(Prefix.FormalComment, 4);
    }
    return;
  }
  if (code !== 36 && code !== 92) return;
  let end = at;
  while (text.charCodeAt(end) === 92) end++;
  if (text.charCodeAt(end) !== 36) {
    match.read(Math.min(end + 1, text.length) - at);
    return;
  }
  match.offer(Prefix.Dollar, end + 1 - at);
  let bang = end + 1;
  while (text.charCodeAt(bang) === 92) bang++;
  if (text.charCodeAt(bang) === 33) match.offer(Prefix.DollarBang, bang + 1 - at);
}

function matchEmptyIndex(text: string, at: number, match: LongestMatch): void {
  if (text.startsWith("$[", at) || text.startsWith("$.", at)) match.offer(TokenKind.EmptyIndex, 2);
  else if (text.startsWith("$![", at)) match.offer(TokenKind.EmptyIndex, 3);
  else if (text.startsWith("$\\![", at)) match.offer(TokenKind.EmptyIndex, 4);
}

function matchLineComment(text: string, at: number, match: LongestMatch): void {
  if (text.startsWith("##", at)) match.offer(TokenKind.LineCommentStart, 2);
}

const matchDefault: Matcher = (text, at, match) => {
  matchSet(text, at, match);
  matchLineComment(text, at, match);
  matchEmptyIndex(text, at, match);
  const code = text.charCodeAt(at);
  if (code === 92) {
    let end = at;
    while (text.charCodeAt(end) === 92) end++;
    match.offer(end - at > 1 ? TokenKind.DoubleBackslash : TokenKind.Backslash, end - at > 1 ? 2 : 1);
    if ((end - at) % 2 === 1 && text.charCodeAt(end) === 35) {
      const name = directiveNameLength(text, end + 1);
      if (name.length > 0) match.offer(TokenKind.EscapedDirective, end + 1 + name.length - at);
    }
    return;
  }
  let end = at;
  for (; end < text.length; end++) {
    const ch = text.charCodeAt(end);
    if (ch === 36 || ch === 35 || ch === 92) break;
  }
  match.offer(TokenKind.Text, end - at);
};

function matchReferencePunctuation(text: string, at: number, match: LongestMatch): void {
  const code = text.charCodeAt(at);
  if (code === 91) match.offer(TokenKind.IndexOpen, 1);
  else if (code === 123) match.offer(TokenKind.ReferenceCurlyOpen, 1);
  else if (code === 125) match.offer(TokenKind.ReferenceCurlyClose, 1);
}

const matchMember: Matcher = (text, at, match) => {
  matchSet(text, at, match);
  matchBoolean(text, at, match);
  matchIdentifier(text, at, match);
  matchDot(text, at, match);
  matchReferencePunctuation(text, at, match);
  if (text.charCodeAt(at) === 40) match.offer(TokenKind.ParenOpen, 1);
  match.offer(ReferenceTerminator, 1);
};

const matchReference: Matcher = (text, at, match) => {
  matchSet(text, at, match);
  matchLineComment(text, at, match);
  matchEmptyIndex(text, at, match);
  matchBoolean(text, at, match);
  matchIdentifier(text, at, match);
  matchDot(text, at, match);
  matchReferencePunctuation(text, at, match);
  match.offer(ReferenceTerminator, 1);
};

const groupPunctuation: Readonly<Record<string, number>> = {
  "[": TokenKind.BracketOpen,
  "]": TokenKind.BracketClose,
  ",": TokenKind.Comma,
  ":": TokenKind.Colon,
  "{": TokenKind.CurlyOpen,
  "}": TokenKind.CurlyClose,
};

function matchGroup(text: string, at: number, match: LongestMatch): void {
  matchWhitespace(text, at, match);
  matchString(text, at, match);
  matchBoolean(text, at, match);
  matchNumber(text, at, match);
  const kind = groupPunctuation[text[at] as string];
  if (kind !== undefined) match.offer(kind, 1);
  if (text.startsWith("..", at)) match.offer(TokenKind.DoubleDot, 2);
}

const matchCall: Matcher = (text, at, match) => {
  matchGroup(text, at, match);
  matchSet(text, at, match);
  matchIdentifier(text, at, match);
  matchDot(text, at, match);
  if (text.charCodeAt(at) === 41) match.offer(TokenKind.CallClose, 1);
};

const matchIndex: Matcher = (text, at, match) => {
  matchWhitespace(text, at, match);
  matchString(text, at, match);
  matchBoolean(text, at, match);
  matchNumber(text, at, match);
  if (text.charCodeAt(at) === 93) match.offer(TokenKind.IndexClose, 1);
};

const allOperators: readonly (readonly [string, number])[] = [
  ["-", TokenKind.Minus],
  ["+", TokenKind.Plus],
  ["*", TokenKind.Multiply],
  ["/", TokenKind.Divide],
  ["%", TokenKind.Modulus],
  ["&&", TokenKind.And],
  ["and", TokenKind.And],
  ["||", TokenKind.Or],
  ["or", TokenKind.Or],
  ["<", TokenKind.Less],
  ["lt", TokenKind.Less],
  ["<=", TokenKind.LessOrEqual],
  ["le", TokenKind.LessOrEqual],
  [">", TokenKind.Greater],
  ["gt", TokenKind.Greater],
  [">=", TokenKind.GreaterOrEqual],
  ["ge", TokenKind.GreaterOrEqual],
  ["==", TokenKind.Equal],
  ["eq", TokenKind.Equal],
  ["!=", TokenKind.NotEqual],
  ["ne", TokenKind.NotEqual],
  ["!", TokenKind.Not],
  ["not", TokenKind.Not],
  ["=", TokenKind.Assign],
];

/** By their first character. */
const operators = new Map<number, [string, number][]>();
for (const [operator, kind] of allOperators) {
  const code = operator.charCodeAt(0);
  operators.set(code, [...(operators.get(code) ?? []), [operator, kind]]);
}

const matchDirective: Matcher = (text, at, match) => {
  matchGroup(text, at, match);
  matchLineComment(text, at, match);
  matchWord(text, at, match);
  const code = text.charCodeAt(at);
  for (const [operator, kind] of operators.get(code) ?? []) {
    if (text.startsWith(operator, at)) match.offer(kind, operator.length);
  }
  if (code === 38 || code === 124) match.read(Math.min(2, text.length - at));
  if (code === 40) match.offer(TokenKind.ParenOpen, 1);
  if (code === 41) match.offer(TokenKind.ParenClose, 1 + lineEndLength(text, at + 1));
};

const END_RULE = { word: "end", kind: TokenKind.End };
const ELSE_RULE = { word: "else", kind: TokenKind.Else };

const matchHash: Matcher = (text, at, match) => {
  matchLineComment(text, at, match);
  matchLineKeyword(text, at, END_RULE, match);
  matchLineKeyword(text, at, ELSE_RULE, match);
  if (text.startsWith("if", at)) match.offer(TokenKind.If, 2);
  if (text.startsWith("{if}", at)) match.offer(TokenKind.If, 4);
  if (text.startsWith("elseif", at)) match.offer(TokenKind.ElseIf, 6);
  if (text.startsWith("{elseif}", at)) match.offer(TokenKind.ElseIf, 8);
  matchNumber(text, at, match);
  matchWord(text, at, match);
  match.offer(DirectiveTerminator, 1);
};

const matchLineCommentBody: Matcher = (text, at, match) => {
  const code = text.charCodeAt(at);
  if (code === 10 || code === 13) match.offer(TokenKind.LineCommentEnd, lineEndLength(text, at));
  match.offer(AnyInComment, 1);
};

function closing(mark: string, kind: number, any: number): Matcher {
  return (text, at, match) => {
    if (text.startsWith(mark, at)) match.offer(kind, mark.length);
    match.offer(any, 1);
  };
}

const matchers: Readonly<Record<number, Matcher>> = {
  [LexicalState.Reference]: matchReference,
  [LexicalState.Member]: matchMember,
  [LexicalState.Index]: matchIndex,
  [LexicalState.Directive]: matchDirective,
  [LexicalState.Call]: matchCall,
  [LexicalState.Default]: matchDefault,
  [LexicalState.Hash]: matchHash,
  [LexicalState.LineComment]: matchLineCommentBody,
  [LexicalState.BlockComment]: closing("*#", TokenKind.BlockComment, AnyInComment),
  [LexicalState.FormalComment]: closing("*#", TokenKind.FormalComment, AnyInComment),
  [LexicalState.LiteralBlock]: closing("]]#", TokenKind.LiteralBlock, AnyInLiteralBlock),
};

/** Finds the longest match of a state's rules at `at`, which must be inside the text. */
export function matchInState(state: LexicalState, text: string, at: number, match: LongestMatch): void {
  match.reset();
  matchPrefix(text, at, match);
  (matchers[state] as Matcher)(text, at, match);
}
