import type * as Monaco from "monaco-editor";
import { completeTemplate, describeTemplate, vtlCatalogue } from "@/server/vtl";
import { templateSurroundings } from "../../surroundings";
import { vtlGrammar } from "./vtl-grammar";

type MonacoApi = typeof Monaco;

function registerCompletion(monaco: MonacoApi): void {
  const kinds = {
    variable: monaco.languages.CompletionItemKind.Variable,
    function: monaco.languages.CompletionItemKind.Function,
    directive: monaco.languages.CompletionItemKind.Keyword,
    property: monaco.languages.CompletionItemKind.Field,
  };
  monaco.languages.registerCompletionItemProvider("vtl", {
    triggerCharacters: ["$", "#", ".", "'", '"', "["],
    provideCompletionItems(model, position) {
      const offset = model.getOffsetAt(position);
      const found = completeTemplate(model.getValue(), offset, templateSurroundings.of(model));
      const suggestions = found.map(({ label, kind, signature, documentation, insertText, start }, index) => {
        const range = monaco.Range.fromPositions(model.getPositionAt(start), position);
        const typed = model.getValueInRange(range);
        return {
          label: { label, ...(signature !== label && { description: signature }) },
          kind: kinds[kind],
          documentation,
          insertText,
          insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet,
          // Monaco filters by what stands in the range, which begins with $!, ${ or #{ perhaps.
          filterText: typed.replace(/[A-Za-z_].*$/s, "") + label.replace(/^[$#]/, ""),
          sortText: String(index).padStart(4, "0"),
          range,
        };
      });
      return { suggestions };
    },
  });
}

function registerHover(monaco: MonacoApi): void {
  monaco.languages.registerHoverProvider("vtl", {
    provideHover(model, position) {
      const offset = model.getOffsetAt(position);
      const found = describeTemplate(model.getValue(), offset, templateSurroundings.of(model));
      if (!found) return null;
      const { start, end, signature, documentation, sample } = found;
      return {
        range: monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end)),
        contents: [
          { value: codeOf(signature) },
          { value: documentation },
          ...(sample === undefined ? [] : [{ value: `In the sample: ${codeOf(sample)}` }]),
        ],
      };
    },
  });
}

/** Markdown's code, with a fence that the text does not hold. */
const codeOf = (text: string) => (text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``);

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
