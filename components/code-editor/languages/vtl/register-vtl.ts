import type * as Monaco from "monaco-editor";
import { vtlCatalogue } from "@/server/vtl";
import { vtlGrammar } from "./vtl-grammar";

type MonacoApi = typeof Monaco;

/** The reference or directive that ends at the cursor: `$util.esc`, `#for`. */
const BEFORE_CURSOR = /[$#][!{]*[\w.]*$/;
const bare = (text: string) => text.replace(/^([$#])[!{]+/, "$1");

function registerCompletion(monaco: MonacoApi): void {
  const kinds = {
    variable: monaco.languages.CompletionItemKind.Variable,
    function: monaco.languages.CompletionItemKind.Function,
    directive: monaco.languages.CompletionItemKind.Keyword,
    property: monaco.languages.CompletionItemKind.Property,
  };
  monaco.languages.registerCompletionItemProvider("vtl", {
    triggerCharacters: ["$", "#", "."],
    provideCompletionItems(model, { lineNumber, column }) {
      const line = model.getLineContent(lineNumber).slice(0, column - 1);
      const typed = BEFORE_CURSOR.exec(line)?.[0] ?? "";
      const range = new monaco.Range(lineNumber, column - typed.length, lineNumber, column);
      const suggestions = vtlCatalogue
        .filter((entry) => entry.label.toLowerCase().startsWith(bare(typed).toLowerCase()))
        .map((entry) => ({
          label: entry.label,
          kind: kinds[entry.kind],
          detail: entry.signature,
          documentation: entry.documentation,
          insertText: entry.insertText,
          insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet,
          filterText: typed ? typed[0] + entry.label.slice(1) : entry.label,
          range,
        }));
      return { suggestions };
    },
  });
}

function registerHover(monaco: MonacoApi): void {
  const byLabel = new Map(vtlCatalogue.map((entry) => [entry.label, entry]));
  monaco.languages.registerHoverProvider("vtl", {
    provideHover(model, { lineNumber, column }) {
      const line = model.getLineContent(lineNumber);
      for (const match of line.matchAll(/[$#][!{]*[A-Za-z_][\w.]*/g)) {
        if (column <= match.index || column > match.index + match[0].length + 1) continue;
        const words = bare(match[0]).split(".");
        for (let size = words.length; size > 0; size--) {
          const entry = byLabel.get(words.slice(0, size).join("."));
          if (!entry) continue;
          return {
            range: new monaco.Range(
              lineNumber,
              match.index + 1,
              lineNumber,
              match.index + match[0].length + 1,
            ),
            contents: [{ value: `\`${entry.signature}\`` }, { value: entry.documentation }],
          };
        }
      }
      return null;
    },
  });
}

/** Teaches Monaco the template language. What can be completed and explained comes from the engine's own tables. */
export function registerVtl(monaco: MonacoApi): void {
  if (monaco.languages.getLanguages().some((language) => language.id === "vtl")) return;
  monaco.languages.register({ id: "vtl", extensions: [".vtl", ".vm"], aliases: ["Velocity"] });
  monaco.languages.setLanguageConfiguration("vtl", {
    comments: { lineComment: "##", blockComment: ["#*", "*#"] },
    brackets: [
      ["{", "}"],
      ["[", "]"],
      ["(", ")"],
    ],
    autoClosingPairs: [
      { open: "{", close: "}" },
      { open: "[", close: "]" },
      { open: "(", close: ")" },
    ],
    wordPattern: /[$#]?[A-Za-z_][\w]*/,
  });
  const directives = vtlCatalogue
    .filter((entry) => entry.kind === "directive")
    .map((entry) => entry.label.slice(1));
  monaco.languages.setMonarchTokensProvider("vtl", vtlGrammar(directives));
  registerCompletion(monaco);
  registerHover(monaco);
}
