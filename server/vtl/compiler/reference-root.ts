import { literalBetween } from "@/server/vtl/lexer/token";
import type { ReferenceNode } from "@/server/vtl/parser/syntax-tree";

const BACKSLASH = 92;

/** How the beginning of a reference is written. */
export type ReferenceRoot = {
  /** Name of the variable; for a runt the text it prints. */
  readonly name: string;
  /** No `$` before it: a bare word among arguments, or what follows `$a` in braces. It is null and prints itself. */
  readonly runt: boolean;
  /** False for `$\!a`, which has no value. */
  readonly computable: boolean;
  /** An odd number of backslashes stands before it: it prints its source text. */
  readonly escaped: boolean;
  /** Half of the backslashes. */
  readonly backslashes: string;
  /** Dollars before the reference's own. */
  readonly dollars: string;
  /** What it prints when it has no text, or is escaped. */
  readonly source: string;
};

/** Reads the root of a reference and takes backslashes and surplus dollars off its first token. */
export function readReferenceRoot(node: ReferenceNode): ReferenceRoot {
  const { first } = node;
  if (first.image.includes("\\!")) {
    const source = withoutBangEscape(first.image);
    return {
      name: source,
      runt: false,
      computable: false,
      escaped: false,
      backslashes: "",
      dollars: "",
      source,
    };
  }
  let image = first.image;
  let leading = 0;
  while (image.charCodeAt(leading) === BACKSLASH) leading++;
  const dollar = Math.max(leading, image.lastIndexOf("$"));
  const dollars = image.slice(leading, dollar);
  image = image.slice(dollar);
  first.image = image;
  const isQuiet = image.startsWith("$!");
  const isFormal = isQuiet ? image.startsWith("$!{") : image === "${";
  const runt = !image.startsWith("$");
  const escaped = leading % 2 === 1;
  // One literal for all: copies of records would be what compiling costs.
  return {
    name: isFormal ? (first.next?.image ?? "") : image.slice(isQuiet ? 2 : runt ? 0 : 1),
    runt,
    computable: true,
    escaped,
    backslashes: "\\".repeat(leading >> 1),
    dollars,
    source: isQuiet && !escaped ? "" : literalBetween(first, node.last),
  };
}

/** `$\\!a` without one of its backslashes. */
function withoutBangEscape(image: string): string {
  const dollar = image.indexOf("$");
  if (dollar < 0) return image;
  const start = image.indexOf("\\", dollar);
  return image.slice(0, start) + image.slice(start + 1);
}
