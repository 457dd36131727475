import type { VtlError } from "@/server/vtl/vtl-error";

type Rule = { readonly code: string; readonly when: RegExp; readonly remedy: string };

/** What usually helps, by the kind of mistake and the text at its place (the rest of the line, and what is before). */
const rules: readonly Rule[] = [
  {
    code: "unclosed-block",
    when: /./s,
    remedy: "Add the missing #end, or write #{end} where text follows directly.",
  },
  {
    code: "lexical-error",
    when: /[$#]⌖$/,
    remedy: "A template cannot end in $ or #: put the character into a variable, or text behind it.",
  },
  {
    code: "lexical-error",
    when: /⌖["']|["'][^"']*⌖/,
    remedy: "Check that every string is closed by the quote that opened it.",
  },
  {
    code: "unexpected-token",
    when: /⌖#end/,
    remedy: "Remove it: no #if, #foreach or other block is open here.",
  },
  {
    code: "unexpected-token",
    when: /⌖#else/,
    remedy: "#else and #elseif belong to an #if that is still open.",
  },
  {
    code: "unexpected-token",
    when: /⌖=(?!=)/,
    remedy: "Compare with ==; a single = only stands in #set.",
  },
  {
    code: "unexpected-token",
    when: /⌖null\b/,
    remedy: 'There is no null here: compare with "" instead.',
  },
  { code: "unexpected-token", when: /⌖-\d/, remedy: "Put a space on both sides of the minus sign." },
  {
    code: "unexpected-token",
    when: /\\"⌖/,
    remedy: 'A backslash does not escape a quote: write it twice ("").',
  },
  {
    code: "unexpected-token",
    when: /\$\{[^}]*⌖/,
    remedy: "Close the reference with } directly after the name.",
  },
  { code: "unexpected-end", when: /\$\{[^}]*⌖?[^}]*$/, remedy: "Close the reference with }." },
  { code: "unexpected-end", when: /\([^)]*$/s, remedy: "Close the parenthesis." },
  {
    code: "bad-string",
    when: /./s,
    remedy: "The text between double quotes is a template too; use single quotes for plain text.",
  },
];

/** A sentence that says how to mend the mistake, if there is one. */
export function remedyFor(error: VtlError, source: string): string | undefined {
  const at = error.span?.start ?? 0;
  const place = error.code === "lexical-error" && at >= source.length - 1 ? source.length : at;
  const lineStart = Math.max(source.lastIndexOf("\n", place - 1), source.lastIndexOf("\r", place - 1)) + 1;
  const lineEnd = /[\r\n]|$/.exec(source.slice(place))?.index ?? 0;
  const marked = `${source.slice(lineStart, place)}⌖${source.slice(place, place + lineEnd)}`;
  return rules.find((rule) => rule.code === error.code && rule.when.test(marked))?.remedy;
}
