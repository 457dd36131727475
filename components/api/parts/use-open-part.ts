"use client";
import { useCallback } from "react";
import { useSearchState } from "../../shell/use-search-state";

export const PART_KINDS = [
  "models",
  "validators",
  "authorizers",
  "gateway-responses",
  "documentation",
  "payloads",
] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** Which shared part is open, in the URL: `?parts=models` or `?parts=models/Pet`. */
export function useOpenPart() {
  const search = useSearchState();
  const [wanted, ...rest] = (search.get("parts") ?? "").split("/");
  const { set } = search;
  const show = useCallback(
    (kind: PartKind, item?: string | null) => set({ parts: item ? `${kind}/${item}` : kind }),
    [set],
  );
  const close = useCallback(() => set({ parts: null }), [set]);
  return {
    kind: PART_KINDS.find((kind) => kind === wanted) ?? null,
    item: rest.join("/") || null,
    show,
    close,
  };
}
