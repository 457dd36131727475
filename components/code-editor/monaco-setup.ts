import { loader } from "@monaco-editor/react";
import type * as Monaco from "monaco-editor";
import * as monaco from "monaco-editor/editor";
import "monaco-editor/languages/features/json/register";
import "./monaco-features";
import { registerVtl } from "./languages/vtl/register-vtl";

// Bundled with the console: nothing comes from elsewhere, and no worker needs `eval`.
self.MonacoEnvironment = {
  getWorker: (_id, label) =>
    label === "json"
      ? new Worker(new URL("monaco-editor/languages/features/json/json.worker", import.meta.url), {
          type: "module",
        })
      : new Worker(new URL("monaco-editor/editor/editor.worker", import.meta.url), { type: "module" }),
};
loader.config({ monaco: monaco as unknown as typeof Monaco });
registerVtl(monaco as unknown as typeof Monaco);

const token = (name: string) => {
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  // A minifier writes #ffffff as #fff; Monaco wants six digits.
  if (/^#[0-9a-f]{3}$/i.test(value))
    return `#${Array.from(value.slice(1), (digit) => digit + digit).join("")}`;
  return /^#[0-9a-f]{6}$/i.test(value) ? value : "#888888";
};

/** Makes Monaco's themes from the console's tokens, as they are now. Answers the theme's name. */
export function applyTheme(isDark: boolean): string {
  const name = isDark ? "gatehouse-dark" : "gatehouse-light";
  const rule = (kind: string, variable: string) => ({ token: kind, foreground: token(variable).slice(1) });
  monaco.editor.defineTheme(name, {
    base: isDark ? "vs-dark" : "vs",
    inherit: true,
    rules: [
      rule("comment", "--faint"),
      rule("keyword", "--patch"),
      rule("variable", "--accent"),
      rule("string", "--ok"),
      rule("string.key.json", "--text"),
      rule("string.value.json", "--ok"),
      rule("type", "--text"),
      rule("number", "--warn"),
      rule("constant", "--warn"),
      rule("delimiter", "--muted"),
    ],
    colors: {
      "editor.background": token("--surface"),
      "editor.foreground": token("--text"),
      "editorLineNumber.foreground": token("--faint"),
      "editorLineNumber.activeForeground": token("--text"),
      "editor.lineHighlightBackground": token("--sunken"),
      "editor.selectionBackground": token("--accent-soft"),
      "editorCursor.foreground": token("--accent"),
      "editorWidget.background": token("--raised"),
      "editorWidget.border": token("--line"),
      "editorSuggestWidget.background": token("--raised"),
      "editorSuggestWidget.border": token("--line"),
      "editorSuggestWidget.foreground": token("--text"),
      "editorSuggestWidget.highlightForeground": token("--accent"),
      "editorSuggestWidget.selectedBackground": token("--accent-soft"),
      "editorSuggestWidget.selectedForeground": token("--text"),
      "editorSuggestWidget.selectedIconForeground": token("--text"),
      "editorSuggestWidget.focusHighlightForeground": token("--accent"),
      "editorHoverWidget.background": token("--raised"),
      "editorError.foreground": token("--bad"),
      "editorWarning.foreground": token("--warn"),
    },
  });
  return name;
}

export { monaco };
