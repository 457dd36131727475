"use client";
import Editor from "@monaco-editor/react";
import type * as Monaco from "monaco-editor";
import { useTheme } from "next-themes";
import { useEffect, useMemo, useState } from "react";
import type { CodeEditorProps, EditorMarker } from "./code-editor";
import { useTemplateCheck } from "./languages/vtl/use-template-check";
import { applyTheme, monaco } from "./monaco-setup";
import { templateSurroundings } from "./surroundings";
import { useEditorText } from "./use-editor-text";

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
    // Each of these sends every key to Monaco's own worker.
    unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false },
    links: false,
    colorDecorators: false,
    occurrencesHighlight: "off",
    // Nothing here offers any, but each looks for some at each key.
    inlineSuggest: { enabled: false },
    codeLens: false,
    inlayHints: { enabled: "off" },
  };
}

/** Monaco itself. Escape twice or Ctrl+M lets Tab leave the editor. */
export function MonacoEditor(props: CodeEditorProps) {
  const { value, onChange, onText, language, markers, onReady, surroundings, contentType } = props;
  const { resolvedTheme } = useTheme();
  const [editor, setEditor] = useState<Monaco.editor.IStandaloneCodeEditor | null>(null);
  const [firstValue] = useState(value);
  const [theme, setTheme] = useState(() => applyTheme(resolvedTheme === "dark"));
  useEffect(() => setTheme(applyTheme(resolvedTheme === "dark")), [resolvedTheme]);
  useEditorText(editor, { value, onChange, onText });
  const model = editor?.getModel() ?? null;
  const found = useTemplateCheck(language === "vtl" ? model : null, contentType);
  useEffect(() => {
    if (model && surroundings) templateSurroundings.set(model, surroundings);
  }, [model, surroundings]);
  useEffect(() => {
    if (model) showMarkers(model, "vtl", found);
  }, [model, found]);
  useEffect(() => {
    if (model) showMarkers(model, "given", markers ?? []);
  }, [model, markers]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: options are made anew only when these change
  const options = useMemo(() => optionsOf(props), [props.label, props.minimal, props.readOnly]);
  return (
    <Editor
      language={language}
      theme={theme}
      defaultValue={firstValue}
      options={options}
      onMount={(mounted) => {
        // The editor's own option only holds for models it makes itself.
        mounted.getModel()?.updateOptions({
          bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
        });
        setEditor(mounted);
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
          select: (start, end, options) => {
            const model = mounted.getModel();
            if (!model) return;
            const [from, to] = [model.getPositionAt(start), model.getPositionAt(end)];
            mounted.setSelection({
              startLineNumber: from.lineNumber,
              startColumn: from.column,
              endLineNumber: to.lineNumber,
              endColumn: to.column,
            });
            mounted.revealLineInCenterIfOutsideViewport(from.lineNumber);
            if (options?.focus) mounted.focus();
          },
        });
      }}
    />
  );
}
