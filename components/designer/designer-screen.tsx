"use client";
import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ApiHeader } from "../api/api-header";
import { ApiPartsButton, ApiPartsDrawer } from "../api/parts/api-parts";
import { TestPanel } from "../test-runner/test-panel";
import { Button } from "../ui/button";
import { Pane, PaneHandle, Panes, useIsPhone } from "../ui/panes";
import { EmptyState } from "../ui/state/empty-state";
import { Canvas, type FlowRun } from "./canvas";
import { Inspector } from "./inspector";
import { LostEditsDialog } from "./lost-edits-dialog";
import { StatusBar } from "./status-bar";
import { DraftProvider, useDraft } from "./store/draft-provider";
import { type Selection, useSelection } from "./store/selection";
import { ResourceTree } from "./tree/resource-tree";
import { AddMethodDialog, AddResourceDialog } from "./tree/tree-dialogs";
import { errorsByBox, useProblems, useTreeBadges } from "./use-badges";

/** A resource without a chosen method: what it is, and the two things to do with it. */
function ResourcePane({ selection }: { selection: Selection }) {
  const { canWrite } = useDraft();
  const [open, setOpen] = useState<"method" | "resource" | null>(null);
  const done = (chosen: Parameters<Selection["select"]>[0]) => {
    setOpen(null);
    selection.select(chosen);
  };
  return (
    <div className="grid min-h-0 flex-1 place-items-center bg-bg">
      <EmptyState
        title={selection.path}
        actions={
          canWrite ? (
            <>
              <Button variant="primary" onClick={() => setOpen("method")}>
                <Plus /> Add method
              </Button>
              <Button onClick={() => setOpen("resource")}>
                <Plus /> Add resource
              </Button>
            </>
          ) : null
        }
      >
        A resource is a part of the path. Methods on it are what clients call: choose one in the tree to see
        its flow.
      </EmptyState>
      {open === "method" ? (
        <AddMethodDialog resourceId={selection.resourceId} onDone={done} onClose={() => setOpen(null)} />
      ) : null}
      {open === "resource" ? (
        <AddResourceDialog parentId={selection.resourceId} onDone={done} onClose={() => setOpen(null)} />
      ) : null}
    </div>
  );
}

function Workbench({ apiId }: { apiId: string }) {
  const draft = useDraft();
  const selection = useSelection(draft.definition);
  const problems = useProblems();
  const badges = useTreeBadges(problems);
  const [isTesting, setTesting] = useState(false);
  const [run, setRun] = useState<{ id: string; result: FlowRun } | null>(null);
  const { key, method } = selection;
  // A phone has no room for the flow, its inspector and a test below each other.
  const isPhone = useIsPhone();
  const router = useRouter();
  const openTestScreen = () =>
    router.push(`/apis/${apiId}/test?resource=${selection.resourceId}&method=${key?.httpMethod ?? ""}`);
  const id = key ? `${key.resourceId} ${key.httpMethod}` : "";
  const own = problems.filter(({ where }) => `${where.resourceId} ${where.httpMethod}` === id);
  return (
    <>
      <ApiHeader
        apiId={apiId}
        undo={draft.undo}
        redo={draft.redo}
        beforeDeploy={draft.flush}
        actions={<ApiPartsButton />}
        {...(key ? { onTest: isPhone ? openTestScreen : () => setTesting(true) } : {})}
      />
      <Panes id="designer">
        <Pane
          id="designer-tree"
          defaultSize="224px"
          minSize="180px"
          phone={{ defaultSize: "22%", minSize: "80px" }}
          className="bg-surface"
        >
          <ResourceTree selection={selection} badges={badges} />
        </Pane>
        <PaneHandle />
        <Pane id="designer-flow" minSize="360px" phone={{ defaultSize: "28%", minSize: "120px" }}>
          {key && method ? (
            <Panes id="designer-middle" direction="vertical">
              <Pane id="designer-canvas" minSize="200px">
                <Canvas
                  method={method}
                  box={selection.box}
                  onSelect={selection.setBox}
                  errors={errorsByBox(own)}
                  run={run?.id === id ? run.result : null}
                />
              </Pane>
              {isTesting ? (
                <>
                  <PaneHandle />
                  <Pane id="designer-test" defaultSize="45%" minSize="160px" className="bg-surface">
                    <TestPanel
                      key={id}
                      compact
                      resourceId={key.resourceId}
                      httpMethod={key.httpMethod}
                      onResult={(result) => setRun({ id, result })}
                      onClose={() => setTesting(false)}
                    />
                  </Pane>
                </>
              ) : null}
            </Panes>
          ) : (
            <ResourcePane selection={selection} />
          )}
        </Pane>
        {key && method ? (
          <>
            <PaneHandle />
            <Pane
              id="designer-inspector"
              defaultSize="360px"
              minSize="300px"
              phone={{ defaultSize: "50%", minSize: "200px" }}
            >
              <Inspector selection={selection} methodKey={key} method={method} problems={own} />
            </Pane>
          </>
        ) : null}
      </Panes>
      <StatusBar problems={problems} selection={selection} />
      <ApiPartsDrawer />
      <LostEditsDialog />
    </>
  );
}

/** The designer: tree, method flow, inspector, and a test run below. */
export function DesignerScreen({ apiId }: { apiId: string }) {
  return (
    <DraftProvider apiId={apiId}>
      <Workbench apiId={apiId} />
    </DraftProvider>
  );
}
