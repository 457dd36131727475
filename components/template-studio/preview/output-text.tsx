"use client";
import { type ClipboardEvent, useEffect, useRef } from "react";
import { cx } from "../../ui/class-names";
import { LineView } from "./line-view";
import type { Preview } from "./preview";

/** What is selected, without the line ends a browser adds between blocks. */
function copySelection(event: ClipboardEvent) {
  const selection = window.getSelection();
  if (!selection || selection.rangeCount === 0) return;
  const text = selection.getRangeAt(0).cloneContents().textContent;
  if (!text) return;
  event.preventDefault();
  event.clipboardData.setData("text/plain", text);
}

/** The printed text. It is written past React: see LineView. */
export function OutputText({ preview, className }: { preview: Preview; className?: string }) {
  const element = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (!element.current) return;
    const view = new LineView(element.current);
    return preview.follow((splice) => view.apply(splice));
  }, [preview]);
  return (
    <pre
      ref={element}
      role="log"
      aria-live="off"
      aria-label="Rendered output"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      onCopy={copySelection}
      className={cx("mono min-h-[19px] whitespace-pre-wrap break-words leading-[19px]", className)}
    />
  );
}
