import { Document, isScalar, Scalar, visit } from "yaml";
import { Intrinsic } from "./intrinsic";

/**
 * A CloudFormation template as YAML 1.1, which is what CloudFormation reads: words that are no text there (`yes`,
 * `2010-09-09`, `1_000`) are quoted, and no text is folded. `Fn::Sub` is not used, so that `${…}` stands for itself.
 */
export function writeTemplate(template: Record<string, unknown>, notes: readonly string[]): string {
  const document = new Document(tagged(template), { version: "1.1", aliasDuplicateObjects: false });
  document.commentBefore = notes.map((note) => ` ${note}`).join("\n");
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && typeof node.value === "string" && !node.tag) protect(node);
    },
  });
  return document.toString({ lineWidth: 0, blockQuote: "literal" });
}

/** Characters that YAML has no plain or block form for make a text that only double quotes can hold. */
function protect(node: Scalar): void {
  const text = node.value as string;
  if (
    /[^\n\t\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]|[\u0085\u2028\u2029]/u.test(
      text,
    )
  )
    node.type = Scalar.QUOTE_DOUBLE;
}

function tagged(value: unknown): unknown {
  if (value instanceof Intrinsic) {
    const node = new Scalar(value.target);
    node.tag = value.tag;
    return node;
  }
  if (Array.isArray(value)) return value.map(tagged);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, tagged(member)]));
}
