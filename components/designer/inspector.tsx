"use client";
import { ArrowLeft, ArrowRight } from "lucide-react";
import type { ComponentType } from "react";
import type { Problem } from "@/server/domain/check/problem";
import type { Method } from "@/server/gateway/snapshot/method";
import { Badge } from "../ui/badge";
import { IconButton } from "../ui/icon-button";
import { PaneTitle } from "../ui/panes";
import { ClientInspector } from "./nodes/client/inspector";
import type { InspectorProps } from "./nodes/inspector-props";
import { InspectorSection } from "./nodes/inspector-section";
import { IntegrationInspector } from "./nodes/integration/inspector";
import { IntegrationRequestInspector } from "./nodes/integration-request/inspector";
import { IntegrationResponseInspector } from "./nodes/integration-response/inspector";
import { BOX_TITLES } from "./nodes/method-flow";
import { MethodRequestInspector } from "./nodes/method-request/inspector";
import { MethodResponseInspector } from "./nodes/method-response/inspector";
import { BOXES, type Box, type MethodKey, type Selection } from "./store/selection";

const INSPECTORS: Record<Box, ComponentType<InspectorProps>> = {
  client: ClientInspector,
  "method-request": MethodRequestInspector,
  "integration-request": IntegrationRequestInspector,
  integration: IntegrationInspector,
  "integration-response": IntegrationResponseInspector,
  "method-response": MethodResponseInspector,
};

function Problems({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <InspectorSection title="Problems">
      <ul className="flex flex-col gap-2">
        {problems.map((problem, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one place can have several problems
          <li key={index} className="flex items-baseline gap-2">
            <Badge tone={problem.severity === "error" ? "bad" : "warn"}>{problem.severity}</Badge>
            <span>
              {problem.message}
              {problem.template ? (
                <span className="text-faint">
                  {" "}
                  (line {problem.template.line}, column {problem.template.column})
                </span>
              ) : null}
              {problem.remedy ? <span className="block text-muted text-sm">{problem.remedy}</span> : null}
            </span>
          </li>
        ))}
      </ul>
    </InspectorSection>
  );
}

/** The settings of the chosen box; the diagram beside it stays. */
export function Inspector({
  selection,
  methodKey,
  method,
  problems,
}: {
  selection: Selection;
  methodKey: MethodKey;
  method: Method;
  problems: readonly Problem[];
}) {
  const View = INSPECTORS[selection.box];
  const own = problems.filter((problem) => problem.where.part === selection.box);
  const step = (by: number) => {
    const next = BOXES[(BOXES.indexOf(selection.box) + by + BOXES.length) % BOXES.length];
    if (next) selection.setBox(next);
  };
  return (
    <section aria-label="Inspector" className="flex min-h-0 flex-1 flex-col bg-surface">
      <PaneTitle
        aside={
          <>
            <IconButton size="sm" label="Previous box" keys="alt+arrowleft" onClick={() => step(-1)}>
              <ArrowLeft />
            </IconButton>
            <IconButton size="sm" label="Next box" keys="alt+arrowright" onClick={() => step(1)}>
              <ArrowRight />
            </IconButton>
          </>
        }
      >
        {BOX_TITLES[selection.box]}
      </PaneTitle>
      <div
        key={`${methodKey.resourceId} ${methodKey.httpMethod} ${selection.box}`}
        className="min-h-0 flex-1 overflow-y-auto border-line border-t pb-6"
      >
        <View methodKey={methodKey} path={selection.path} method={method} problems={own} />
        <Problems problems={own} />
      </div>
    </section>
  );
}
