"use client";
import dynamic from "next/dynamic";
import type { KeyboardEvent } from "react";
import type { TemplateSurroundings } from "@/server/vtl";
import { cx } from "../ui/class-names";

export type EditorMarker = {
  severity: "error" | "warning";
  message: string;
  remedy?: string;
  /** 1-based. */
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
};

/** What a parent may do with an editor that is on screen. */
export type EditorHandle = {
  insert: (text: string) => void;
  reveal: (line: number, column: number) => void;
  /** Selects from one UTF-16 offset to another and shows it; the focus stays where it is unless asked for. */
  select: (start: number, end: number, options?: { focus: boolean }) => void;
};

export type CodeEditorProps = {
  value: string;
  /** What the user made of it. `value` may follow late: what was typed since is kept. */
  onChange?: (value: string) => void;
  /** Every text on screen, the first one too, whoever wrote it. */
  onText?: (text: string) => void;
  language: "vtl" | "json" | "plaintext";
  /** Read out, and how tests find it. */
  label: string;
  readOnly?: boolean;
  /** Beside those of the language itself. */
  markers?: readonly EditorMarker[];
  /** Of a template: what completion and hover may know of the sample. */
  surroundings?: TemplateSurroundings;
  /** Of a template: what it makes, for warnings that only concern JSON. */
  contentType?: string;
  /** For small places: no line numbers to spare width. */
  minimal?: boolean;
  onReady?: (handle: EditorHandle) => void;
  className?: string;
};

const Monaco = dynamic(() => import("./monaco-editor").then((module) => module.MonacoEditor), {
  ssr: false,
  loading: () => <div className="h-full animate-late p-3 text-faint text-sm">Loading the editor…</div>,
});

/** With Ctrl or ⌘ these are the console's (run, palette) wherever the focus is; Monaco would take them. */
const CONSOLE_KEYS = new Set(["Enter", "k"]);

function passToConsole(event: KeyboardEvent) {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
  if (!(ctrlKey || metaKey) || shiftKey || altKey || !CONSOLE_KEYS.has(key)) return;
  event.preventDefault();
  event.stopPropagation();
  window.dispatchEvent(new window.KeyboardEvent("keydown", { key, ctrlKey, metaKey, cancelable: true }));
}

/** Monaco behind a value. It is loaded when the first editor comes on screen. */
export function CodeEditor({ className, ...props }: CodeEditorProps) {
  return (
    <div
      onKeyDownCapture={passToConsole}
      className={cx(
        "overflow-hidden rounded-md border border-line bg-surface focus-within:border-accent",
        className,
      )}
    >
      <Monaco {...props} />
    </div>
  );
}
