import { RE2JS } from "re2js";

/** A pattern that cannot be run in linear time, or is none. */
export class EcmaRegexError extends Error {}

const LONGEST_PATTERN = 4_096;
/** White space and line ends of ECMA 262; RE2's own \s knows ASCII only. */
const SPACES =
  "\\t\\n\\x0b\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";

/**
 * Compiles a regular expression of ECMA 262, which `pattern` and `patternProperties` hold, to one that is searched for in
 * linear time. It may match anywhere in the text.
 *
 * @throws EcmaRegexError for what is no pattern, and for lookaround and back references: they need backtracking
 */
export function compileEcmaRegex(pattern: string): (text: string) => boolean {
  if (pattern.length > LONGEST_PATTERN)
    throw new EcmaRegexError(`the pattern has more than ${LONGEST_PATTERN} characters`);
  try {
    const regex = RE2JS.compile(toRe2(pattern));
    return (text) => regex.matcher(text).find();
  } catch (error) {
    if (error instanceof EcmaRegexError) throw error;
    throw new EcmaRegexError((error as Error).message);
  }
}

/** Rewrites what ECMA 262 and RE2 spell differently. */
function toRe2(pattern: string): string {
  let out = "";
  let at = 0;
  let isInClass = false;
  while (at < pattern.length) {
    const char = pattern.charAt(at);
    if (char === "\\") {
      const { text, next } = readEscape(pattern, at, isInClass);
      out += text;
      at = next;
      continue;
    }
    if (!isInClass && char === "(" && pattern.charAt(at + 1) === "?") refuseLookaround(pattern, at);
    if (!isInClass && pattern.startsWith("[^]", at)) {
      out += "[\\x{0}-\\x{10ffff}]";
      at += 3;
      continue;
    }
    if (!isInClass && pattern.startsWith("[]", at)) {
      out += "[^\\x{0}-\\x{10ffff}]";
      at += 2;
      continue;
    }
    if (!isInClass && char === "{" && !/^\{\d+(?:,\d*)?\}/.test(pattern.slice(at, at + 24))) out += "\\{";
    else if (isInClass && char === "[") out += "\\[";
    else out += char;
    if (char === "[") isInClass = true;
    else if (char === "]") isInClass = false;
    at++;
  }
  return out;
}

function refuseLookaround(pattern: string, at: number): void {
  if (/^\(\?(?:[=!]|<[=!])/.test(pattern.slice(at, at + 4)))
    throw new EcmaRegexError("lookahead and lookbehind cannot be checked in linear time");
}

function readEscape(pattern: string, at: number, isInClass: boolean): { text: string; next: number } {
  const letter = pattern.charAt(at + 1);
  const rest = pattern.slice(at + 1, at + 12);
  const code =
    /^u\{([0-9a-fA-F]{1,6})\}/.exec(rest) ??
    /^u([0-9a-fA-F]{4})/.exec(rest) ??
    /^x([0-9a-fA-F]{2})/.exec(rest);
  if (code) return { text: `\\x{${code[1]}}`, next: at + 1 + code[0].length };
  const control = /^c([a-zA-Z])/.exec(rest)?.[1];
  if (control) return { text: `\\x{${(control.charCodeAt(0) % 32).toString(16)}}`, next: at + 3 };
  const next = at + 2;
  switch (letter) {
    case "":
      throw new EcmaRegexError("the pattern ends with a backslash");
    case "s":
      return { text: isInClass ? SPACES : `[${SPACES}]`, next };
    case "S":
      if (isInClass) throw new EcmaRegexError("\\S inside a class is not supported");
      return { text: `[^${SPACES}]`, next };
    case "b":
      return { text: isInClass ? "\\x{8}" : "\\b", next };
    case "0":
      return { text: "\\x{0}", next };
  }
  if (/[dDwWBfnrtv]/.test(letter)) return { text: letter === "v" ? "\\x0b" : `\\${letter}`, next };
  if (/[pP]/.test(letter)) return { text: `\\${letter}`, next };
  if (/[1-9k]/.test(letter)) throw new EcmaRegexError("back references cannot be checked in linear time");
  // Any other character stands for itself.
  const point = String.fromCodePoint(pattern.codePointAt(at + 1) as number);
  return {
    text: /[A-Za-z0-9_]/.test(point) || point.charCodeAt(0) > 0x7f ? point : `\\${point}`,
    next: at + 1 + point.length,
  };
}
