"use client";
import { ChevronDown, ChevronRight, Ellipsis, Plus } from "lucide-react";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import { toast } from "sonner";
import type { HttpMethod } from "@/server/gateway/snapshot/method";
import { useShortcut } from "../../shell/shortcuts";
import { cx } from "../../ui/class-names";
import { IconButton } from "../../ui/icon-button";
import { Input } from "../../ui/input";
import { Kbd } from "../../ui/kbd";
import { DropdownMenu, MenuItem, MenuSeparator } from "../../ui/overlay/dropdown-menu";
import { PaneTitle } from "../../ui/panes";
import { Verb } from "../../ui/verb";
import { useDraft } from "../store/draft-provider";
import type { Selection } from "../store/selection";
import { AddMethodDialog, AddResourceDialog, RenameResourceDialog } from "./tree-dialogs";
import { type TreeRow, treeRows } from "./tree-rows";

type Open = { kind: "resource" | "method" | "rename"; resourceId: string } | null;

export type TreeBadges = {
  /** Row id → number of errors. */
  errors: ReadonlyMap<string, number>;
  /** Row ids that differ from what is deployed. */
  edited: ReadonlySet<string>;
};

function RowMenu({ row, ask, remove }: { row: TreeRow; ask: (open: Open) => void; remove: () => void }) {
  const { definition, perform } = useDraft();
  const { resourceId } = row;
  const isRoot = definition.resources[resourceId]?.parentId === null;
  return (
    <DropdownMenu
      trigger={
        <IconButton
          size="sm"
          tabIndex={-1}
          label={`Actions for ${row.kind === "method" ? `${row.httpMethod} ${row.path}` : row.path}`}
          className="ml-auto shrink-0 opacity-0 focus-visible:opacity-100 group-focus-within:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100"
        >
          <Ellipsis />
        </IconButton>
      }
    >
      {row.kind === "resource" ? (
        <>
          <MenuItem onSelect={() => ask({ kind: "method", resourceId })}>Add method…</MenuItem>
          <MenuItem onSelect={() => ask({ kind: "resource", resourceId })}>Add resource below…</MenuItem>
          <MenuItem onSelect={() => perform({ name: "enable-cors", input: { resourceId } })}>
            Enable CORS
          </MenuItem>
          {isRoot ? null : (
            <>
              <MenuItem keys="F2" onSelect={() => ask({ kind: "rename", resourceId })}>
                Rename…
              </MenuItem>
              <MenuSeparator />
              <MenuItem danger onSelect={remove}>
                Delete resource
              </MenuItem>
            </>
          )}
        </>
      ) : (
        <MenuItem danger onSelect={remove}>
          Delete method
        </MenuItem>
      )}
    </DropdownMenu>
  );
}

function RowContent({ row, badges, isOpen }: { row: TreeRow; badges: TreeBadges; isOpen: boolean }) {
  const errors = badges.errors.get(row.id);
  return (
    <>
      {row.kind === "resource" ? (
        <>
          <span className="grid size-4 shrink-0 place-items-center text-faint">
            {row.hasChildren ? (
              isOpen ? (
                <ChevronDown className="size-3" />
              ) : (
                <ChevronRight className="size-3" />
              )
            ) : null}
          </span>
          <span className="mono truncate">{row.label}</span>
        </>
      ) : (
        <>
          <Verb method={row.httpMethod} fixed className="ml-4" />
          <span className="truncate text-muted">{row.label}</span>
        </>
      )}
      {badges.edited.has(row.id) ? (
        <span className="shrink-0 rounded-sm bg-warn-soft px-1 text-2xs text-warn">edited</span>
      ) : null}
      {errors ? (
        <span
          role="img"
          aria-label={`${errors} errors`}
          className="shrink-0 rounded-sm bg-bad-soft px-1 text-2xs text-bad"
        >
          {errors}
        </span>
      ) : null}
    </>
  );
}

/** The resources and their methods: searchable, by mouse and by keyboard. */
export function ResourceTree({ selection, badges }: { selection: Selection; badges: TreeBadges }) {
  const draft = useDraft();
  const [filter, setFilter] = useState("");
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set());
  const [open, ask] = useState<Open>(null);
  const search = useRef<HTMLInputElement>(null);
  const rows = useMemo(
    () => treeRows(draft.definition, collapsed, filter),
    [draft.definition, collapsed, filter],
  );
  useShortcut({ keys: "/", label: "Filter resources", group: "Design", run: () => search.current?.focus() });
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
  const done = (chosen: { resourceId: string; httpMethod?: HttpMethod }) => {
    ask(null);
    selection.select(chosen);
  };
  return (
    <>
      <PaneTitle
        aside={
          draft.canWrite ? (
            <DropdownMenu
              trigger={
                <IconButton size="sm" label="Add to this resource">
                  <Plus />
                </IconButton>
              }
            >
              <MenuItem onSelect={() => ask({ kind: "method", resourceId: selection.resourceId })}>
                Add method to <span className="mono">{selection.path}</span>
              </MenuItem>
              <MenuItem onSelect={() => ask({ kind: "resource", resourceId: selection.resourceId })}>
                Add resource below <span className="mono">{selection.path}</span>
              </MenuItem>
            </DropdownMenu>
          ) : null
        }
      >
        Resources
      </PaneTitle>
      <div className="relative px-2 pb-1.5">
        <Input
          ref={search}
          aria-label="Filter resources"
          placeholder="Filter"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && setFilter("")}
        />
        {filter ? null : <Kbd className="absolute top-[6px] right-4">/</Kbd>}
      </div>
      <div role="tree" aria-label="Resources" className="min-h-0 flex-1 overflow-y-auto pb-4">
        {rows.length === 0 ? <p className="px-3.5 py-2 text-muted">Nothing matches “{filter}”.</p> : null}
        {rows.map((row, index) => (
          <div
            key={row.id}
            id={`tree-${row.id}`}
            role="treeitem"
            aria-level={row.depth + 1}
            aria-selected={row.id === selectedId}
            aria-label={row.kind === "method" ? `${row.httpMethod} ${row.path}` : row.path}
            {...(row.kind === "resource" && row.hasChildren
              ? { "aria-expanded": !collapsed.has(row.id) }
              : {})}
            tabIndex={
              row.id === selectedId || (index === 0 && !rows.some((one) => one.id === selectedId)) ? 0 : -1
            }
            onClick={() => choose(row)}
            onDoubleClick={() => row.kind === "resource" && toggle(row.id, collapsed.has(row.id))}
            onKeyDown={(event) => onKeyDown(event, index, row)}
            style={{ paddingLeft: 8 + row.depth * 12 }}
            className={cx(
              "group flex h-7 cursor-default items-center gap-1.5 border-transparent border-l-2 pr-1.5 outline-offset-[-2px] hover:bg-hover",
              row.id === selectedId && "border-accent bg-accent-soft hover:bg-accent-soft",
            )}
          >
            <RowContent row={row} badges={badges} isOpen={!collapsed.has(row.id)} />
            {draft.canWrite ? <RowMenu row={row} ask={ask} remove={() => remove(row)} /> : null}
          </div>
        ))}
      </div>
      {open?.kind === "resource" ? (
        <AddResourceDialog parentId={open.resourceId} onDone={done} onClose={() => ask(null)} />
      ) : null}
      {open?.kind === "method" ? (
        <AddMethodDialog resourceId={open.resourceId} onDone={done} onClose={() => ask(null)} />
      ) : null}
      {open?.kind === "rename" ? (
        <RenameResourceDialog resourceId={open.resourceId} onClose={() => ask(null)} />
      ) : null}
    </>
  );
}
