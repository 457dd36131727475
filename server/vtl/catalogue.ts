import { contextMembers } from "@/server/vtl/bindings/context/context-members";
import { inputMembers } from "@/server/vtl/bindings/input/input-members";
import { utilMembers } from "@/server/vtl/bindings/util/util-members";
import { directives } from "@/server/vtl/directives/directive-list";
import { grammarDirectives } from "@/server/vtl/directives/grammar-directives";
import type { CatalogueEntry } from "@/server/vtl/render-types";

const variables: readonly CatalogueEntry[] = [
  {
    label: "$input",
    kind: "variable",
    signature: "$input",
    documentation: "The payload and the request's parameters.",
    insertText: "\\$input",
  },
  {
    label: "$context",
    kind: "variable",
    signature: "$context",
    documentation: "What the gateway knows of the request. The override objects in it can be written.",
    insertText: "\\$context",
  },
  {
    label: "$util",
    kind: "variable",
    signature: "$util",
    documentation: "Functions for escaping, encoding and parsing.",
    insertText: "\\$util",
  },
  {
    label: "$stageVariables",
    kind: "variable",
    signature: "$stageVariables",
    documentation: "The stage's variables, by name.",
    insertText: "\\$stageVariables.${1:name}",
  },
];

function members(owner: string, of: typeof inputMembers): CatalogueEntry[] {
  return of.map(({ label, kind, signature, documentation, insertText }) => ({
    label: `${owner}.${label}`,
    kind,
    signature,
    documentation,
    insertText: `\\${owner}.${insertText}`,
  }));
}

/**
 * Everything an editor can complete or explain in a template, from the tables that implement it. `insertText` is a
 * snippet: `$1` and `${1:name}` are places to fill in, `\$` is a dollar.
 */
export const vtlCatalogue: readonly CatalogueEntry[] = [
  ...variables,
  ...members("$input", inputMembers),
  ...members("$util", utilMembers),
  ...contextMembers.map(
    ([name, documentation]): CatalogueEntry => ({
      label: `$context.${name}`,
      kind: "property",
      signature: `$context.${name}`,
      documentation,
      insertText: `\\$context.${name}`,
    }),
  ),
  ...[...grammarDirectives, ...directives].map(
    ({ name, signature, documentation, insertText }): CatalogueEntry => ({
      label: `#${name}`,
      kind: "directive",
      signature,
      documentation,
      insertText,
    }),
  ),
];
