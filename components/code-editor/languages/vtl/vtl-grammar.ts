import type { languages } from "monaco-editor";

/** Colours for a template, most often JSON with VTL in it. `directives` are the words after `#`. */
export function vtlGrammar(directives: readonly string[]): languages.IMonarchLanguage {
  const words = directives.filter((word) => /^\w+$/.test(word)).join("|");
  const directive = new RegExp(`#(?:\\{(?:${words})\\}|(?:${words})\\b)`);
  const reference = /\$!?(?:\{[A-Za-z_][\w.]*\}?|[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)/;
  const embedded: languages.IMonarchLanguageRule[] = [
    [/##.*$/, "comment"],
    [/#\*/, "comment", "@blockComment"],
    [/#\[\[/, "comment", "@literal"],
    [directive, "keyword"],
    [reference, "variable"],
  ];
  return {
    tokenizer: {
      root: [
        ...embedded,
        [/"/, "string", "@doubleQuoted"],
        [/'[^']*'/, "string"],
        [/\b(?:true|false|null)\b/, "constant"],
        [/-?\b\d+(?:\.\d+)?\b/, "number"],
        [/[{}[\](),:=]/, "delimiter"],
      ],
      doubleQuoted: [
        [/"/, "string", "@pop"],
        [reference, "variable"],
        [/[^"$]+/, "string"],
        [/\$/, "string"],
      ],
      blockComment: [
        [/\*#/, "comment", "@pop"],
        [/./, "comment"],
      ],
      literal: [
        [/\]\]#/, "comment", "@pop"],
        [/./, "string"],
      ],
    },
  };
}
