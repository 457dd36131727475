"use client";
import { ChevronDown, ChevronRight, Ellipsis } from "lucide-react";
import type { KeyboardEvent } from "react";
import { cx } from "../../ui/class-names";
import { IconButton } from "../../ui/icon-button";
import { DropdownMenu, MenuItem, MenuSeparator } from "../../ui/overlay/dropdown-menu";
import { Verb } from "../../ui/verb";
import { useDraft } from "../store/draft-provider";
import type { TreeRow } from "./tree-rows";

export type Open = { kind: "resource" | "method" | "rename"; resourceId: string } | null;

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

function RowContent({
  row,
  badges,
  isOpen,
  onToggle,
}: {
  row: TreeRow;
  badges: TreeBadges;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const errors = badges.errors.get(row.id);
  return (
    <>
      {row.kind === "resource" ? (
        <>
          {/* biome-ignore lint/a11y: the row itself opens and closes by the arrow keys */}
          <span
            className="grid size-4 shrink-0 place-items-center rounded-xs text-faint hover:text-ink"
            onClick={(event) => {
              event.stopPropagation();
              onToggle();
            }}
          >
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

/** One row of the tree. */
export function TreeItem({
  row,
  badges,
  isOpen,
  isSelected,
  isFirstStop,
  on,
}: {
  row: TreeRow;
  badges: TreeBadges;
  isOpen: boolean;
  isSelected: boolean;
  /** Tab reaches this row when none is selected. */
  isFirstStop: boolean;
  on: {
    choose: () => void;
    toggle: () => void;
    remove: () => void;
    ask: (open: Open) => void;
    key: (event: KeyboardEvent) => void;
  };
}) {
  const { canWrite } = useDraft();
  return (
    <div
      id={`tree-${row.id}`}
      role="treeitem"
      aria-level={row.depth + 1}
      aria-selected={isSelected}
      aria-label={row.kind === "method" ? `${row.httpMethod} ${row.path}` : row.path}
      {...(row.kind === "resource" && row.hasChildren ? { "aria-expanded": isOpen } : {})}
      tabIndex={isSelected || isFirstStop ? 0 : -1}
      onClick={on.choose}
      onDoubleClick={() => row.kind === "resource" && on.toggle()}
      onKeyDown={on.key}
      style={{ paddingLeft: 8 + row.depth * 12 }}
      className={cx(
        "group flex h-7 cursor-default items-center gap-1.5 border-transparent border-l-2 pr-1.5 outline-offset-[-2px] hover:bg-hover",
        isSelected && "border-accent bg-accent-soft hover:bg-accent-soft",
      )}
    >
      <RowContent row={row} badges={badges} isOpen={isOpen} onToggle={on.toggle} />
      {canWrite ? <RowMenu row={row} ask={on.ask} remove={on.remove} /> : null}
    </div>
  );
}
