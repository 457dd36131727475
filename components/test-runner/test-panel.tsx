"use client";
import { RotateCcw, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { resourcePath } from "@/server/domain/definition";
import type { HttpMethod, Method } from "@/server/gateway/snapshot/method";
import type { TestInvokeResult } from "@/server/gateway/test-invoke";
import { useDraft } from "../designer/store/draft-provider";
import { useCan } from "../shell/session";
import { useShortcut } from "../shell/shortcuts";
import { IconButton } from "../ui/icon-button";
import { Pane, PaneHandle, Panes } from "../ui/panes";
import { Notice } from "../ui/state/notice";
import { TabPanel, Tabs } from "../ui/tabs";
import { BackendNote } from "./backend-note";
import { CopyCurl } from "./copy-curl";
import { RequestForm } from "./request-form";
import { type ResponseTab, ResponseView } from "./response-view";
import { RunButton, RunSummary } from "./run-bar";
import { SampleMenu } from "./sample-menu";
import { StepList } from "./step-list";
import { type TestRunState, type TestTarget, useTestRun } from "./use-test-run";

export type TestPanelProps = {
  resourceId: string;
  httpMethod: HttpMethod;
  /** In the designer: request and steps share a pane. */
  compact?: boolean;
  onResult?: (result: TestInvokeResult) => void;
  onClose?: () => void;
};

function Failure({ test }: { test: TestRunState }) {
  if (!test.failure) return null;
  return (
    <Notice tone="bad" title="Not run" className="m-3">
      {test.failure.message}
    </Notice>
  );
}

const NOTHING_YET = "Nothing was run yet. The answer of each method stays here until its next run.";

function CompactPanes({ target, test }: { target: TestTarget; test: TestRunState }) {
  const [left, setLeft] = useState<"request" | "steps">(test.last ? "steps" : "request");
  const [tab, setTab] = useState<ResponseTab>("body");
  const at = test.last?.at;
  const seen = useRef(at);
  useEffect(() => {
    if (at === seen.current) return;
    seen.current = at;
    setLeft("steps");
  }, [at]);
  return (
    <Panes id="test-compact">
      <Pane id="test-compact-left" defaultSize="50%" minSize="200px">
        <Tabs
          value={left}
          onValueChange={(next) => setLeft(next as typeof left)}
          label="Test run"
          items={[
            { value: "request", label: "Request" },
            { value: "steps", label: "Steps" },
          ]}
          className="flex-1"
        >
          <TabPanel value="request" className="overflow-auto">
            <RequestForm target={target} test={test} />
            <div className="px-3.5 pb-3">
              <BackendNote method={target.method} />
            </div>
          </TabPanel>
          <TabPanel value="steps" className="overflow-auto py-1">
            {test.last ? (
              <StepList key={test.last.at} steps={test.last.result.steps} />
            ) : (
              <p className="px-3.5 py-2 text-muted">{NOTHING_YET}</p>
            )}
          </TabPanel>
        </Tabs>
      </Pane>
      <PaneHandle />
      <Pane id="test-compact-right" minSize="180px">
        <Failure test={test} />
        {test.last ? (
          <ResponseView
            result={test.last.result}
            tabs={["body", "headers", "log"]}
            tab={tab}
            onTabChange={setTab}
          />
        ) : test.failure ? null : (
          <p className="px-3.5 py-3 text-muted">{NOTHING_YET}</p>
        )}
      </Pane>
    </Panes>
  );
}

function FullPanes({ target, test }: { target: TestTarget; test: TestRunState }) {
  const [tab, setTab] = useState<ResponseTab>("body");
  return (
    <Panes id="test-full">
      <Pane id="test-full-request" defaultSize="42%" minSize="300px" className="overflow-y-auto">
        <RequestForm target={target} test={test} />
        <div className="px-3.5 pb-4">
          <BackendNote method={target.method} />
        </div>
      </Pane>
      <PaneHandle />
      <Pane id="test-full-response" minSize="320px">
        <Failure test={test} />
        {test.last ? (
          <Panes id="test-full-answer" direction="vertical">
            <Pane id="test-full-body" defaultSize="50%" minSize="120px">
              <ResponseView
                result={test.last.result}
                tabs={["body", "headers", "log"]}
                tab={tab}
                onTabChange={setTab}
              />
            </Pane>
            <PaneHandle />
            <Pane id="test-full-steps" minSize="120px" className="overflow-y-auto">
              <h3 className="px-3.5 pt-2.5 pb-1 font-semibold text-sm">Step by step</h3>
              <StepList key={test.last.at} steps={test.last.result.steps} />
            </Pane>
          </Panes>
        ) : test.failure ? null : (
          <p className="m-auto max-w-[360px] px-6 text-center text-muted">
            Run the request to see the answer, and step by step how the gateway came to it. It is the pipeline
            that serves the stages, on the draft as it is now.
          </p>
        )}
      </Pane>
    </Panes>
  );
}

function Panel({ method, path, ...props }: TestPanelProps & { method: Method; path: string }) {
  const target: TestTarget = { resourceId: props.resourceId, path, method };
  const test = useTestRun(target, props.onResult);
  const canRun = useCan()("test:invoke");
  useShortcut(
    {
      keys: "mod+enter",
      label: "Run the test, or cancel it",
      group: "Test",
      run: () => void test.run(),
      inFields: true,
    },
    canRun,
  );
  const { onResult } = props;
  const restored = useRef(false);
  useEffect(() => {
    if (restored.current || !test.last) return;
    restored.current = true;
    onResult?.(test.last.result);
  }, [test.last, onResult]);
  return (
    <section aria-label="Test run" className="flex min-h-0 flex-1 flex-col bg-surface">
      <div className="flex min-h-10 shrink-0 items-center gap-2 border-line border-b px-3.5 py-1">
        {props.compact ? <h2 className="shrink-0 font-semibold text-sm">Test run</h2> : null}
        <RunSummary test={test} compact={props.compact} />
        <span className="ml-auto flex shrink-0 items-center gap-1">
          <SampleMenu target={target} test={test} compact={props.compact} />
          <CopyCurl target={target} test={test} compact={props.compact} />
          <IconButton label="Clear the request and its answer" onClick={test.clear}>
            <RotateCcw />
          </IconButton>
          <RunButton test={test} canRun={canRun} />
          {props.onClose ? (
            <IconButton label="Close the test run" onClick={props.onClose}>
              <X />
            </IconButton>
          ) : null}
        </span>
      </div>
      {props.compact ? (
        <CompactPanes target={target} test={test} />
      ) : (
        <FullPanes target={target} test={test} />
      )}
    </section>
  );
}

/** Calls one method of the draft through the gateway's own pipeline. Needs a DraftProvider around it. */
export function TestPanel(props: TestPanelProps) {
  const { definition } = useDraft();
  const method = definition.resources[props.resourceId]?.resourceMethods[props.httpMethod];
  const path = resourcePath(definition, props.resourceId);
  if (!method || path === null) return <p className="p-3.5 text-muted">This method is not there any more.</p>;
  return <Panel {...props} method={method} path={path} />;
}
