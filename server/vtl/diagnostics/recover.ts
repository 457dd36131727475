import type { VtlError } from "@/server/vtl/vtl-error";

const OPENERS = /#\{?(if|elseif|foreach|define|macro|set)\}?[ \t]*\(/g;
const spaces = (count: number) => " ".repeat(Math.max(0, count));

/**
 * The source with a mistake written over, at the same length, so that what comes after it can be read too; null where
 * that cannot be told. A rough means: it must not make up mistakes, but it may stop early.
 */
export function withoutMistake(source: string, error: VtlError): string | null {
  const { span, code } = error;
  if (!span) return null;
  if (code === "unclosed-block") return `${source}#end`;
  const word = /^#\{?(?:end|else|elseif)\}?(?![\w])/.exec(source.slice(span.start));
  if (code === "unexpected-token" && word) {
    const end = word[0].includes("elseif") ? closing(source, source.indexOf("(", span.start)) : -1;
    return blank(source, span.start, end === -1 ? span.start + word[0].length : end);
  }
  if (code === "bad-string") {
    return source.slice(0, span.start + 1) + spaces(span.end - span.start - 2) + source.slice(span.end - 1);
  }
  return code === "unexpected-token" ? withoutDirective(source, span.start) : null;
}

/** Makes the directive whose parentheses hold the place one that says nothing. */
function withoutDirective(source: string, at: number): string | null {
  let opener: RegExpExecArray | null = null;
  for (const match of source.slice(0, at + 1).matchAll(OPENERS)) opener = match as RegExpExecArray;
  if (!opener) return null;
  const open = opener.index + opener[0].length - 1;
  const end = closing(source, open);
  if (end === -1 || end <= at) return null;
  if (opener[1] === "set") return blank(source, opener.index, end);
  const isBlock = opener[1] !== "elseif";
  const head = isBlock ? "#if(" : source.slice(opener.index, open + 1);
  const free = end - opener.index - head.length - "true)".length;
  if (free < 0) return null;
  return `${source.slice(0, opener.index)}${head}${spaces(free)}true)${source.slice(end)}`;
}

/** Behind the parenthesis that closes the one at `open`, in the same line; -1 if there is none. */
function closing(source: string, open: number): number {
  if (open === -1) return -1;
  let depth = 0;
  let quote = "";
  for (let at = open; at < source.length; at++) {
    const ch = source[at] as string;
    if (ch === "\n" || ch === "\r") return -1;
    if (quote) {
      if (ch === quote) quote = "";
    } else if (ch === '"' || ch === "'") quote = ch;
    else if (ch === "(") depth++;
    else if (ch === ")" && --depth === 0) return at + 1;
  }
  return -1;
}

const blank = (source: string, start: number, end: number): string =>
  source.slice(0, start) + spaces(end - start) + source.slice(end);
