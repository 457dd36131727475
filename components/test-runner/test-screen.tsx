"use client";
import { useRef } from "react";
import { ApiHeader } from "../api/api-header";
import { DraftProvider, useDraft } from "../designer/store/draft-provider";
import { methodsOf, useSelection } from "../designer/store/selection";
import { useShortcut } from "../shell/shortcuts";
import { cx } from "../ui/class-names";
import { Pane, PaneHandle, Panes, PaneTitle } from "../ui/panes";
import { EmptyState } from "../ui/state/empty-state";
import { Verb } from "../ui/verb";
import { TestPanel } from "./test-panel";

type Listed = ReturnType<typeof methodsOf>[number];

function MethodList({
  methods,
  selectedId,
  onSelect,
}: {
  methods: readonly Listed[];
  selectedId: string;
  onSelect: (method: Listed) => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  useShortcut({
    keys: "/",
    label: "Go to the list of methods",
    group: "Test",
    run: () => list.current?.querySelector<HTMLElement>("[aria-current]")?.focus(),
  });
  const move = (by: number) => {
    const at = methods.findIndex((one) => `${one.resourceId} ${one.httpMethod}` === selectedId);
    const next = methods[at + by];
    if (!next) return;
    onSelect(next);
    list.current?.querySelectorAll("button")[at + by]?.focus();
  };
  return (
    <ul ref={list} aria-label="Methods" className="min-h-0 flex-1 overflow-y-auto pb-4">
      {methods.map((method) => {
        const id = `${method.resourceId} ${method.httpMethod}`;
        const isSelected = id === selectedId;
        return (
          <li key={id}>
            <button
              type="button"
              aria-current={isSelected || undefined}
              onClick={() => onSelect(method)}
              onKeyDown={(event) => {
                if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
                event.preventDefault();
                move(event.key === "ArrowDown" ? 1 : -1);
              }}
              className={cx(
                "flex h-7 w-full items-center gap-1 border-transparent border-l-2 px-3 text-left focus-visible:outline-offset-[-2px] hover:bg-hover",
                isSelected && "border-accent bg-accent-soft hover:bg-accent-soft",
              )}
            >
              <Verb method={method.httpMethod} fixed />
              <span className="mono truncate">{method.path}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Workbench({ apiId }: { apiId: string }) {
  const draft = useDraft();
  const selection = useSelection(draft.definition);
  const methods = methodsOf(draft.definition);
  const key = selection.key ?? methods.find((one) => one.resourceId === selection.resourceId) ?? methods[0];
  const id = key ? `${key.resourceId} ${key.httpMethod}` : "";
  return (
    <>
      <ApiHeader
        apiId={apiId}
        section="Test"
        undo={draft.undo}
        redo={draft.redo}
        beforeDeploy={draft.flush}
      />
      {key ? (
        <Panes id="test-screen">
          <Pane
            id="test-screen-methods"
            defaultSize="260px"
            minSize="180px"
            phone={{ defaultSize: "22%", minSize: "80px" }}
            className="bg-surface"
          >
            <PaneTitle aside={<span className="num">{methods.length}</span>}>Methods</PaneTitle>
            <MethodList methods={methods} selectedId={id} onSelect={selection.select} />
          </Pane>
          <PaneHandle />
          <Pane id="test-screen-panel" minSize="480px" phone={{ minSize: "320px" }}>
            <TestPanel key={id} resourceId={key.resourceId} httpMethod={key.httpMethod} />
          </Pane>
        </Panes>
      ) : (
        <EmptyState title="Nothing to test yet">
          Add a method in the designer first; then it can be called here, deployed or not.
        </EmptyState>
      )}
    </>
  );
}

/** The test runner: every method of the draft, callable at once. */
export function TestScreen({ apiId }: { apiId: string }) {
  return (
    <DraftProvider apiId={apiId}>
      <Workbench apiId={apiId} />
    </DraftProvider>
  );
}
