"use client";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { cx } from "../ui/class-names";
import type { TraceRow } from "./preview/preview-protocol";

const ROW_HEIGHT = 24;
/** Rows drawn beyond each edge. */
const MARGIN = 10;
const MOST_INDENT = 8;

/** How far a key moves the choice; undefined for other keys. */
function moved(key: string, from: number, { count, page }: { count: number; page: number }) {
  switch (key) {
    case "ArrowDown":
      return from + 1;
    case "ArrowUp":
      return from - 1;
    case "PageDown":
      return from + page;
    case "PageUp":
      return from - page;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

function Row({ row, id, chosen }: { row: TraceRow; id: string; chosen: boolean }) {
  return (
    <div
      role="option"
      id={id}
      tabIndex={-1}
      aria-selected={chosen}
      aria-posinset={row.index + 1}
      data-position={row.index}
      style={{ top: row.index * ROW_HEIGHT, height: ROW_HEIGHT }}
      className={cx(
        "mono absolute inset-x-0 grid cursor-pointer grid-cols-[30px_minmax(0,4fr)_minmax(0,3fr)] items-center gap-2 px-3.5 hover:bg-hover/60",
        chosen && "bg-accent-soft shadow-[inset_2px_0_0_var(--accent)] hover:bg-accent-soft",
        row.failed && "text-bad",
      )}
    >
      <span className="num text-right text-faint">{row.line}</span>
      <span
        className={cx("truncate", row.what === "text" && "text-faint")}
        style={{ paddingLeft: Math.min(row.depth, MOST_INDENT) * 10 }}
      >
        {row.what}
      </span>
      <span className={cx("truncate", row.what === "text" ? "text-faint" : "text-muted")}>
        {row.failed ? "failed" : row.value}
      </span>
    </div>
  );
}

/** Steps in order, only those in view drawn. Arrow keys choose, Enter goes on to the place in the template. */
export function TraceList({
  rows,
  chosen,
  onChoose,
  onOpen,
}: {
  rows: readonly TraceRow[];
  chosen: number | null;
  onChoose: (row: TraceRow) => void;
  onOpen: (row: TraceRow) => void;
}) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setView({ top: element.scrollTop, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // Also when the list gets lower, as it does below the first step that is chosen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is a reason to look again
  useEffect(() => {
    const element = box.current;
    if (!element || chosen === null) return;
    const [top, bottom] = [chosen * ROW_HEIGHT, (chosen + 1) * ROW_HEIGHT];
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight)
      element.scrollTop = bottom - element.clientHeight;
  }, [chosen, view.height]);

  const choose = (wanted: number) => {
    const row = rows[Math.min(Math.max(0, wanted), rows.length - 1)];
    if (row) onChoose(row);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(view.height / ROW_HEIGHT) - 1);
    const next = moved(event.key, chosen ?? -1, { count: rows.length, page });
    const row = chosen === null ? undefined : rows[chosen];
    if (event.key === "Enter" && row) onOpen(row);
    else if (next === undefined) return;
    else choose(next);
    event.preventDefault();
  };
  const first = Math.max(0, Math.floor(view.top / ROW_HEIGHT) - MARGIN);
  const inView = rows.slice(first, first + Math.ceil(view.height / ROW_HEIGHT) + 2 * MARGIN);
  return (
    <div
      ref={box}
      role="listbox"
      aria-label="Steps"
      tabIndex={0}
      aria-activedescendant={chosen === null ? undefined : `${id}-${chosen}`}
      className="relative min-h-0 flex-1 overflow-y-auto focus-visible:outline-offset-[-2px]"
      onScroll={({ currentTarget }) =>
        setView({ top: currentTarget.scrollTop, height: currentTarget.clientHeight })
      }
      onKeyDown={onKeyDown}
      onMouseDown={(event) => {
        // The row must not take the focus: it goes when it is scrolled out of view.
        event.preventDefault();
        box.current?.focus({ preventScroll: true });
      }}
      onClick={({ target }) => {
        const position = target instanceof Element && target.closest("[data-position]");
        if (position) choose(Number(position.getAttribute("data-position")));
      }}
    >
      <div style={{ height: rows.length * ROW_HEIGHT }}>
        {inView.map((row) => (
          <Row key={row.index} row={row} id={`${id}-${row.index}`} chosen={chosen === row.index} />
        ))}
      </div>
    </div>
  );
}
