"use client";
import Editor from "@monaco-editor/react";
import type * as Monaco from "monaco-editor";
import { useTheme } from "next-themes";
import { useEffect, useMemo, useRef, useState } from "react";
import { checkTemplate } from "@/server/vtl";
import type { CodeEditorProps, EditorMarker } from "./code-editor";
import { applyTheme, monaco } from "./monaco-setup";

const CHECK_DELAY_MS = 150;

function showMarkers(model: Monaco.editor.ITextModel, owner: string, markers: readonly EditorMarker[]) {
  monaco.editor.setModelMarkers(
    model as never,
    owner,
    markers.map((marker) => ({
      severity: marker.severity === "error" ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
      message: marker.remedy ? `${marker.message}\n${marker.remedy}` : marker.message,
      startLineNumber: marker.line,
      startColumn: marker.column,
      endLineNumber: marker.endLine,
      endColumn: Math.max(marker.endColumn, marker.column + 1),
    })),
  );
}

/** The template's own problems, a moment after typing stopped. */
function useTemplateCheck(model: Monaco.editor.ITextModel | null, language: string, value: string) {
  useEffect(() => {
    if (!model || language !== "vtl") return;
    const timer = setTimeout(() => showMarkers(model, "vtl", checkTemplate(value)), CHECK_DELAY_MS);
    return () => clearTimeout(timer);
  }, [model, language, value]);
}

function optionsOf({
  label,
  minimal,
  readOnly,
}: CodeEditorProps): Monaco.editor.IStandaloneEditorConstructionOptions {
  return {
    ariaLabel: label,
    readOnly: readOnly ?? false,
    domReadOnly: readOnly ?? false,
    automaticLayout: true,
    minimap: { enabled: false },
    fontFamily: '"JetBrains Mono Variable", ui-monospace, monospace',
    fontLigatures: false,
    fontSize: 12,
    lineHeight: 19,
    lineNumbersMinChars: minimal ? 2 : 3,
    lineDecorationsWidth: minimal ? 4 : 8,
    folding: !minimal,
    glyphMargin: false,
    overviewRulerLanes: 0,
    hideCursorInOverviewRuler: true,
    overviewRulerBorder: false,
    renderLineHighlight: minimal || readOnly ? "none" : "line",
    renderLineHighlightOnlyWhenFocus: true,
    scrollBeyondLastLine: false,
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, alwaysConsumeMouseWheel: false },
    padding: { top: 6, bottom: 6 },
    tabSize: 2,
    wordWrap: minimal ? "on" : "off",
    fixedOverflowWidgets: true,
    stickyScroll: { enabled: false },
    bracketPairColorization: { enabled: false },
    guides: { indentation: false },
    wordBasedSuggestions: "off",
    unicodeHighlight: { ambiguousCharacters: false },
  };
}

/** Monaco itself. Escape twice or Ctrl+M lets Tab leave the editor. */
export function MonacoEditor(props: CodeEditorProps) {
  const { value, onChange, language, markers, onReady } = props;
  const { resolvedTheme } = useTheme();
  const [model, setModel] = useState<Monaco.editor.ITextModel | null>(null);
  const [theme, setTheme] = useState(() => applyTheme(resolvedTheme === "dark"));
  const editor = useRef<Monaco.editor.IStandaloneCodeEditor | null>(null);
  useEffect(() => setTheme(applyTheme(resolvedTheme === "dark")), [resolvedTheme]);
  useTemplateCheck(model, language, value);
  useEffect(() => {
    if (model) showMarkers(model, "given", markers ?? []);
  }, [model, markers]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: options are made anew only when these change
  const options = useMemo(() => optionsOf(props), [props.label, props.minimal, props.readOnly]);
  return (
    <Editor
      language={language}
      theme={theme}
      value={value}
      options={options}
      onChange={(next) => onChange?.(next ?? "")}
      onMount={(mounted) => {
        editor.current = mounted;
        setModel(mounted.getModel());
        onReady?.({
          insert: (text) => {
            mounted.focus();
            mounted.trigger("sample", "type", { text });
          },
          reveal: (lineNumber, column) => {
            mounted.revealLineInCenter(lineNumber);
            mounted.setPosition({ lineNumber, column });
            mounted.focus();
          },
        });
      }}
    />
  );
}
