import { stringify } from "yaml";

/** A document as YAML: templates as blocks that can be read, no anchors. */
export function toYaml(document: unknown): string {
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false, blockQuote: "literal" });
}
