"use client";
import { type DragEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { cx } from "../ui/class-names";

export type LineMark = { line: number; tone: "bad" | "warn" | "ok"; text: string };

const LINE_HEIGHT = 19;
const MARK_INK = { bad: "bg-bad text-bg", warn: "bg-warn-soft text-warn", ok: "text-faint" };

/** Scrolls to the line that is asked for and selects it. */
function useJump(area: React.RefObject<HTMLTextAreaElement | null>, jump: { line: number } | null) {
  useEffect(() => {
    const element = area.current;
    if (!element || !jump) return;
    const lines = element.value.split("\n");
    const start = lines.slice(0, jump.line - 1).reduce((sum, line) => sum + line.length + 1, 0);
    element.focus({ preventScroll: true });
    element.setSelectionRange(start, start + (lines[jump.line - 1]?.length ?? 0));
    element.scrollTop = Math.max(0, (jump.line - 6) * LINE_HEIGHT);
  }, [area, jump]);
}

/** A plain text editor with line numbers and marks: it takes megabytes of pasted text, and dropped files. */
export function SourceEditor({
  value,
  onChange,
  onFile,
  marks,
  jump,
  label,
}: {
  value: string;
  onChange: (value: string) => void;
  onFile: (file: File) => void;
  marks: readonly LineMark[];
  /** A new object for each jump. */
  jump: { line: number } | null;
  label: string;
}) {
  const area = useRef<HTMLTextAreaElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [height, setHeight] = useState(600);
  const [isOver, setOver] = useState(false);
  useJump(area, jump);
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const count = useMemo(() => value.split("\n").length, [value]);
  const first = Math.max(0, Math.floor(scrollTop / LINE_HEIGHT) - 2);
  const last = Math.min(count, first + Math.ceil(height / LINE_HEIGHT) + 4);
  const byLine = useMemo(() => new Map(marks.map((mark) => [mark.line, mark])), [marks]);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) onFile(file);
  };
  return (
    <div className={cx("relative flex min-h-0 flex-1 bg-surface", isOver && "ring-2 ring-accent ring-inset")}>
      <div
        aria-hidden="true"
        className="relative w-12 shrink-0 overflow-hidden border-line border-r bg-sunken"
      >
        <div style={{ transform: `translateY(${8 - scrollTop}px)` }}>
          <div style={{ height: first * LINE_HEIGHT }} />
          {Array.from({ length: last - first }, (_, index) => first + index + 1).map((line) => {
            const mark = byLine.get(line);
            return (
              <div
                key={line}
                title={mark?.text}
                className={cx(
                  "mono h-[19px] pr-2 text-right text-faint leading-[19px]",
                  mark && MARK_INK[mark.tone],
                )}
              >
                {line}
              </div>
            );
          })}
        </div>
      </div>
      <textarea
        ref={area}
        aria-label={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        spellCheck={false}
        wrap="off"
        placeholder="Paste an OpenAPI 3 or Swagger 2 document, JSON or YAML, or drop a file here"
        className="mono min-w-0 flex-1 resize-none bg-transparent px-3 py-2 leading-[19px] outline-none"
      />
    </div>
  );
}
