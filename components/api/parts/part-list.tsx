"use client";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

export type PartRow = { id: string; name: string; note: ReactNode; aside?: ReactNode };

/** Rows that open one part each. */
export function PartList({
  label,
  rows,
  empty,
  onOpen,
}: {
  label: string;
  rows: readonly PartRow[];
  empty: ReactNode;
  onOpen: (id: string) => void;
}) {
  if (rows.length === 0) return <p className="px-3.5 py-3 text-muted">{empty}</p>;
  return (
    <ul aria-label={label}>
      {rows.map((row) => (
        <li key={row.id}>
          <button
            type="button"
            onClick={() => onOpen(row.id)}
            className="flex min-h-8 w-full items-center gap-3 border-line border-b px-3.5 py-1 text-left focus-visible:outline-offset-[-2px] hover:bg-hover/60"
          >
            <span className="mono min-w-0 shrink-0 max-w-[60%] truncate">{row.name}</span>
            <span className="min-w-0 flex-1 truncate text-muted text-sm">{row.note}</span>
            {row.aside}
            <ChevronRight className="size-3.5 shrink-0 text-faint" />
          </button>
        </li>
      ))}
    </ul>
  );
}
