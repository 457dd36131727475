"use client";
import type * as Monaco from "monaco-editor";
import { useEffect, useRef, useState } from "react";
import { TypedText } from "./typed-text";

type Options = {
  value: string;
  onChange: ((value: string) => void) | undefined;
  onText: ((text: string) => void) | undefined;
};

/**
 * Keeps the editor's text and `value` together. The editor leads: a value that only echoes what was typed, perhaps
 * late, is not written over what was typed since.
 */
export function useEditorText(
  editor: Monaco.editor.IStandaloneCodeEditor | null,
  { value, onChange, onText }: Options,
): void {
  const [typed] = useState(() => new TypedText());
  const isWriting = useRef(false);
  const callbacks = useRef({ onChange, onText });
  callbacks.current = { onChange, onText };
  useEffect(() => {
    if (!editor) return;
    callbacks.current.onText?.(editor.getValue());
    const listener = editor.onDidChangeModelContent(() => {
      const text = editor.getValue();
      callbacks.current.onText?.(text);
      if (isWriting.current) return;
      typed.typed(text);
      callbacks.current.onChange?.(text);
    });
    return () => listener.dispose();
  }, [editor, typed]);
  useEffect(() => {
    const model = editor?.getModel();
    if (!editor || !model || typed.isEcho(value) || value === editor.getValue()) return;
    isWriting.current = true;
    editor.executeEdits("value", [{ range: model.getFullModelRange(), text: value, forceMoveMarkers: true }]);
    if (editor.getValue() !== value) editor.setValue(value);
    editor.pushUndoStop();
    isWriting.current = false;
  }, [editor, typed, value]);
}
