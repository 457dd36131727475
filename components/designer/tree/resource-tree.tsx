"use client";
import { Plus } from "lucide-react";
import { useRef, useState } from "react";
import type { HttpMethod } from "@/server/gateway/snapshot/method";
import { useShortcut } from "../../shell/shortcuts";
import { IconButton } from "../../ui/icon-button";
import { Input } from "../../ui/input";
import { Kbd } from "../../ui/kbd";
import { DropdownMenu, MenuItem } from "../../ui/overlay/dropdown-menu";
import { PaneTitle } from "../../ui/panes";
import { useDraft } from "../store/draft-provider";
import type { Selection } from "../store/selection";
import { AddMethodDialog, AddResourceDialog, RenameResourceDialog } from "./tree-dialogs";
import { type TreeBadges, TreeItem } from "./tree-row";
import { useTree } from "./use-tree";

/** The resources and their methods: searchable, by mouse and by keyboard. */
export function ResourceTree({ selection, badges }: { selection: Selection; badges: TreeBadges }) {
  const draft = useDraft();
  const [filter, setFilter] = useState("");
  const search = useRef<HTMLInputElement>(null);
  const { rows, open, ask, ...tree } = useTree(selection, filter);
  useShortcut({ keys: "/", label: "Filter resources", group: "Design", run: () => search.current?.focus() });
  const isAnySelected = rows.some((one) => one.id === tree.selectedId);
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
          <TreeItem
            key={row.id}
            row={row}
            badges={badges}
            isOpen={!tree.collapsed.has(row.id)}
            isSelected={row.id === tree.selectedId}
            isFirstStop={index === 0 && !isAnySelected}
            on={{
              ask,
              choose: () => tree.choose(row),
              toggle: () => tree.toggle(row.id, tree.collapsed.has(row.id)),
              remove: () => tree.remove(row),
              key: (event) => tree.onKeyDown(event, index, row),
            }}
          />
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
