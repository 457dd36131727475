import {
  continuesIdentifier,
  continuesWord,
  isBlank,
  isDigit,
  isLetter,
  isWhitespace,
  lineEndLength,
  startsIdentifier,
  startsWord,
} from "@/server/vtl/lexer/characters";
import type { LongestMatch } from "@/server/vtl/lexer/longest-match";
import { TokenKind } from "@/server/vtl/lexer/token";

const QUOTE = 34;
const APOSTROPHE = 39;
const LOWER_T = 116;
const LOWER_F = 102;

export function matchIdentifier(text: string, at: number, match: LongestMatch): void {
  if (!startsIdentifier(text.charCodeAt(at))) return;
  let end = at + 1;
  while (continuesIdentifier(text.charCodeAt(end))) end++;
  match.offer(TokenKind.Identifier, end - at);
}

/** Length of a directive's name at `at`: a word, or a word in braces. */
export function directiveNameLength(text: string, at: number): { kind: number; length: number } {
  const braced = text.charCodeAt(at) === 123;
  const first = text.charCodeAt(braced ? at + 1 : at);
  if (braced ? !startsIdentifier(first) : !startsWord(first)) return { kind: -1, length: 0 };
  let end = at + (braced ? 2 : 1);
  while (continuesWord(text.charCodeAt(end))) end++;
  if (!braced) return { kind: TokenKind.Word, length: end - at };
  if (text.charCodeAt(end) !== 125) return { kind: -1, length: 0 };
  return { kind: TokenKind.BracedWord, length: end + 1 - at };
}

export function matchWord(text: string, at: number, match: LongestMatch): void {
  const { kind, length } = directiveNameLength(text, at);
  if (length > 0) match.offer(kind, length);
}

export function matchBoolean(text: string, at: number, match: LongestMatch): void {
  const code = text.charCodeAt(at);
  if (code !== LOWER_T && code !== LOWER_F) match.read(1);
  else if (text.startsWith("true", at)) match.offer(TokenKind.True, 4);
  else if (text.startsWith("false", at)) match.offer(TokenKind.False, 5);
  else {
    match.read(commonPrefix(text, at, "true"));
    match.read(commonPrefix(text, at, "false"));
  }
}

function commonPrefix(text: string, at: number, word: string): number {
  let length = 0;
  while (length < word.length && text[at + length] === word[length]) length++;
  return length === 0 ? 1 : Math.min(length + 1, text.length - at);
}

export function matchWhitespace(text: string, at: number, match: LongestMatch): void {
  let end = at;
  while (isWhitespace(text.charCodeAt(end))) end++;
  match.offer(TokenKind.Whitespace, end - at);
}

/**
 * A quoted string. A doubled quote stands for one and goes on; where the rest never closes, the string ended at the
 * first of the two. Backslashes mean nothing here.
 */
export function matchString(text: string, at: number, match: LongestMatch): void {
  const quote = text.charCodeAt(at);
  if (quote !== QUOTE && quote !== APOSTROPHE) return;
  const mark = quote === QUOTE ? '"' : "'";
  let closed = -1;
  let from = at + 1;
  for (;;) {
    const end = text.indexOf(mark, from);
    if (end === -1) break;
    closed = end + 1;
    if (text.charCodeAt(closed) !== quote) break;
    from = closed + 1;
  }
  if (closed === -1) match.read(text.length - at);
  else match.offer(TokenKind.StringLiteral, closed - at);
}

/** Integers (also with the `..` of a range glued to them) and decimals. */
export function matchNumber(text: string, at: number, match: LongestMatch): void {
  const minus = text.charCodeAt(at) === 45 ? 1 : 0;
  let end = at + minus;
  while (isDigit(text.charCodeAt(end))) end++;
  const digits = end - at - minus;
  if (digits > 0) {
    match.offer(TokenKind.Integer, end - at);
    if (text.charCodeAt(end) === 46 && text.charCodeAt(end + 1) === 46)
      match.offer(TokenKind.Integer, end + 2 - at);
    const exponent = exponentLength(text, end);
    if (exponent > 0) match.offer(TokenKind.Decimal, end + exponent - at);
  }
  if (text.charCodeAt(end) !== 46) {
    match.read(end + 1 - at);
    return;
  }
  let fraction = end + 1;
  while (isDigit(text.charCodeAt(fraction))) fraction++;
  if (digits === 0 && fraction === end + 1) {
    match.read(Math.min(fraction + 1, text.length) - at);
    return;
  }
  match.offer(TokenKind.Decimal, fraction + exponentLength(text, fraction) - at);
}

function exponentLength(text: string, at: number): number {
  const mark = text.charCodeAt(at);
  if (mark !== 101 && mark !== 69) return 0;
  let end = at + 1;
  const sign = text.charCodeAt(end);
  if (sign === 43 || sign === 45) end++;
  const digits = end;
  while (isDigit(text.charCodeAt(end))) end++;
  return end === digits ? 0 : end - at;
}

/** `#set(` with the blanks before it, which it swallows. */
export function matchSet(text: string, at: number, match: LongestMatch): void {
  let end = at;
  while (isBlank(text.charCodeAt(end))) end++;
  if (text.startsWith("#set", end)) end += 4;
  else if (text.startsWith("#{set}", end)) end += 6;
  else return;
  while (text.charCodeAt(end) === 32) end++;
  if (text.charCodeAt(end) === 40) match.offer(TokenKind.Set, end + 1 - at);
}

/** A dot counts as one only before a letter, which stays for the next token. */
export function matchDot(text: string, at: number, match: LongestMatch): void {
  if (text.charCodeAt(at) !== 46) return;
  if (isLetter(text.charCodeAt(at + 1))) match.offer(TokenKind.Dot, 2);
  else match.read(Math.min(2, text.length - at));
}

/** A keyword that takes the rest of an otherwise empty line with it: `end` and `else`, also in braces. */
export function matchLineKeyword(
  text: string,
  at: number,
  rule: { word: string; kind: number },
  match: LongestMatch,
): void {
  let end: number;
  if (text.startsWith(rule.word, at)) end = at + rule.word.length;
  else if (text.startsWith(`{${rule.word}}`, at)) end = at + rule.word.length + 2;
  else return;
  match.offer(rule.kind, end + lineEndLength(text, end) - at);
}
