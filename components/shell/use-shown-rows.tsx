"use client";
import { type ReactNode, useState } from "react";
import { Button } from "../ui/button";

/** The first rows of a long list, and a button for the next ones: thousands at once would make typing slow. */
export function useShownRows<T>(rows: readonly T[], step = 200): { shown: readonly T[]; more: ReactNode } {
  const [limit, setLimit] = useState(step);
  const hidden = rows.length - limit;
  if (hidden <= 0) return { shown: rows, more: null };
  return {
    shown: rows.slice(0, limit),
    more: (
      <div className="flex items-center justify-center gap-3 py-2">
        <span className="num text-muted text-sm">
          {limit} of {rows.length}
        </span>
        <Button size="sm" onClick={() => setLimit(limit + step)}>
          Show {Math.min(step, hidden)} more
        </Button>
      </div>
    ),
  };
}
