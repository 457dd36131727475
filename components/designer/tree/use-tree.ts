"use client";
import { type KeyboardEvent, useMemo, useState } from "react";
import { toast } from "sonner";
import { useDraft } from "../store/draft-provider";
import type { Selection } from "../store/selection";
import type { Open } from "./tree-row";
import { type TreeRow, treeRows } from "./tree-rows";

/** What the tree shows and does: rows, what is open, and the keys of a tree (arrows, Home, End, F2, Delete). */
export function useTree(selection: Selection, filter: string) {
  const draft = useDraft();
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [open, ask] = useState<Open>(null);
  const rows = useMemo(
    () => treeRows(draft.definition, collapsed, filter),
    [draft.definition, collapsed, filter],
  );
  const selectedId = selection.key
    ? `${selection.resourceId} ${selection.key.httpMethod}`
    : selection.resourceId;
  const toggle = (id: string, isOpen: boolean) => {
    const next = new Set(collapsed);
    if (isOpen) next.delete(id);
    else next.add(id);
    setCollapsed(next);
  };
  const choose = (row: TreeRow) =>
    selection.select({
      resourceId: row.resourceId,
      httpMethod: row.kind === "method" ? row.httpMethod : null,
    });
  const remove = (row: TreeRow) => {
    const isDone =
      row.kind === "method"
        ? draft.perform({
            name: "delete-method",
            input: { resourceId: row.resourceId, httpMethod: row.httpMethod },
          })
        : draft.perform({ name: "delete-resource", input: { resourceId: row.resourceId } });
    if (!isDone) return;
    toast(
      row.kind === "method"
        ? `${row.httpMethod} ${row.path} deleted`
        : `${row.path} and what is below it deleted`,
      {
        duration: 30_000,
        action: { label: "Undo", onClick: draft.undo.run },
      },
    );
  };
  const focusRow = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    choose(row);
    document.getElementById(`tree-${row.id}`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, index: number, row: TreeRow) => {
    const isCollapsed = collapsed.has(row.id);
    const actions: Record<string, () => void> = {
      ArrowDown: () => focusRow(index + 1),
      ArrowUp: () => focusRow(index - 1),
      Home: () => focusRow(0),
      End: () => focusRow(rows.length - 1),
      Enter: () => choose(row),
      ArrowRight: () => (row.kind === "resource" && isCollapsed ? toggle(row.id, true) : focusRow(index + 1)),
      ArrowLeft: () => {
        if (row.kind === "resource" && !isCollapsed && row.hasChildren) return toggle(row.id, false);
        const parent = rows.findLastIndex((one, at) => at < index && one.depth < row.depth);
        if (parent >= 0) focusRow(parent);
      },
      ...(draft.canWrite
        ? {
            F2: () =>
              row.kind === "resource" && row.depth > 0 && ask({ kind: "rename", resourceId: row.resourceId }),
            Delete: () => (row.kind === "method" || row.depth > 0) && remove(row),
          }
        : {}),
    };
    const action = event.target === event.currentTarget ? actions[event.key] : undefined;
    if (!action || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    action();
  };
  return { rows, selectedId, collapsed, open, ask, toggle, choose, remove, onKeyDown };
}
