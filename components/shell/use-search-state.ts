"use client";
import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

type Changes = Record<string, string | null>;

/**
 * Reads and writes the query string: filters, tabs and selections live there. `null` removes a name. Written through
 * the browser's history, which Next follows without asking the server for the page again.
 */
export function useSearchState() {
  const params = useSearchParams();
  const set = useCallback((changes: Changes, how: "push" | "replace" = "replace") => {
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    const query = next.toString();
    const href = query ? `${window.location.pathname}?${query}` : window.location.pathname;
    if (how === "push") window.history.pushState(null, "", href);
    else window.history.replaceState(null, "", href);
  }, []);
  return { get: (name: string) => params.get(name), has: (name: string) => params.has(name), set };
}
