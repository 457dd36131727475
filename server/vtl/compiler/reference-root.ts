import { literalBetween } from "@/server/vtl/lexer/token";
import type { ReferenceNode } from "@/server/vtl/parser/syntax-tree";

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
  const base = { runt: false, computable: true, escaped: false, backslashes: "", dollars: "" };
  if (first.image.includes("\\!")) {
    const source = withoutBangEscape(first.image);
    return { ...base, name: source, computable: false, source };
  }
  let image = first.image;
  let leading = 0;
  while (image[leading] === "\\") leading++;
  image = image.slice(leading);
  const dollar = Math.max(0, image.lastIndexOf("$"));
  const dollars = image.slice(0, dollar);
  image = image.slice(dollar);
  first.image = image;
  const source = literalBetween(first, node.last);
  const escaped = leading % 2 === 1;
  const backslashes = "\\".repeat(leading >> 1);
  const shared = { ...base, escaped, backslashes, dollars };
  if (image.startsWith("$!")) {
    const name = image.startsWith("$!{") ? (first.next?.image ?? "") : image.slice(2);
    return { ...shared, name, source: escaped ? source : "" };
  }
  if (image === "${") return { ...shared, name: first.next?.image ?? "", source };
  if (image.startsWith("$")) return { ...shared, name: image.slice(1), source };
  return { ...shared, name: image, runt: true, source };
}

/** `$\\!a` without one of its backslashes. */
function withoutBangEscape(image: string): string {
  const dollar = image.indexOf("$");
  if (dollar < 0) return image;
  const start = image.indexOf("\\", dollar);
  return image.slice(0, start) + image.slice(start + 1);
}
