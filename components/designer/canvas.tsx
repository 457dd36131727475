"use client";
import "@xyflow/react/dist/style.css";
import {
  Background,
  BackgroundVariant,
  type Edge,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from "@xyflow/react";
import { useTheme } from "next-themes";
import { useEffect, useMemo, useRef } from "react";
import type { TraceStep } from "@/server/gateway/ports";
import type { Method } from "@/server/gateway/snapshot/method";
import { useShortcut } from "../shell/shortcuts";
import { type BoxOutcome, boxOutcomes } from "./nodes/box-outcome";
import { type FlowNode, FlowNodeView } from "./nodes/flow-node";
import { BOX_LINES, BOX_PLACES, BOX_SIZE, boxFacts } from "./nodes/method-flow";
import { BOXES, type Box } from "./store/selection";

const nodeTypes = { box: FlowNodeView };

export type FlowRun = { status: number; steps: readonly TraceStep[] };

const SIDES: Record<string, { source: string; target: string }> = {
  "client>method-request": { source: "out-Right", target: "in-Left" },
  "method-request>integration-request": { source: "out-Right", target: "in-Left" },
  "integration-request>integration": { source: "out-Bottom", target: "in-Top" },
  "integration>integration-response": { source: "out-Left", target: "in-Right" },
  "integration-response>method-response": { source: "out-Left", target: "in-Right" },
  "method-response>client": { source: "out-Top", target: "in-Bottom" },
};

function edgesOf(outcomes: Partial<Record<Box, BoxOutcome>>, hasRun: boolean): Edge[] {
  return BOX_LINES.map(({ from, to }) => {
    const sides = SIDES[`${from}>${to}`];
    const wasPassed = hasRun && (outcomes[from] !== undefined || from === "client");
    return {
      id: `${from}>${to}`,
      source: from,
      target: to,
      sourceHandle: sides?.source ?? null,
      targetHandle: sides?.target ?? null,
      type: "straight",
      focusable: false,
      style: { stroke: wasPassed ? "var(--accent)" : "var(--line-strong)", strokeWidth: 1.5 },
    };
  });
}

/** Keeps the whole flow in view when the pane changes its size. */
function useFit() {
  const flow = useReactFlow();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => void flow.fitView({ padding: 0.05, maxZoom: 1 }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [flow]);
  return frame;
}

type CanvasProps = {
  method: Method;
  box: Box;
  onSelect: (box: Box) => void;
  errors: ReadonlyMap<Box, number>;
  run: FlowRun | null;
};

function Flow({ method, box, onSelect, errors, run }: CanvasProps) {
  const frame = useFit();
  const { resolvedTheme } = useTheme();
  const outcomes = useMemo(() => (run ? boxOutcomes(run) : {}), [run]);
  const nodes = useMemo<FlowNode[]>(() => {
    const facts = boxFacts(method);
    return BOXES.map((one) => ({
      id: one,
      type: "box",
      position: BOX_PLACES[one],
      ...BOX_SIZE,
      focusable: false,
      // React Flow lets the mouse through nodes that can be neither dragged nor selected.
      style: { pointerEvents: "all" },
      data: {
        box: one,
        facts: facts[one],
        isSelected: one === box,
        errors: errors.get(one) ?? 0,
        outcome: outcomes[one] ?? null,
        status: one === "method-response" ? (run?.status ?? null) : null,
        onSelect,
      },
    }));
  }, [method, box, onSelect, errors, outcomes, run]);
  const edges = useMemo(() => edgesOf(outcomes, run !== null), [outcomes, run]);
  const step = (by: number) => {
    const next = BOXES[(BOXES.indexOf(box) + by + BOXES.length) % BOXES.length];
    if (next) onSelect(next);
  };
  useShortcut({ keys: "alt+arrowright", label: "Next box", group: "Design", run: () => step(1) });
  useShortcut({ keys: "alt+arrowleft", label: "Previous box", group: "Design", run: () => step(-1) });
  return (
    <section ref={frame} aria-label="Method flow" className="min-h-0 flex-1 bg-bg">
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={resolvedTheme === "dark" ? "dark" : "light"}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        elementsSelectable={false}
        // React Flow would take Space and Backspace away from the code editor, which is no input to it.
        panActivationKeyCode={null}
        zoomActivationKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        deleteKeyCode={null}
        disableKeyboardA11y
        zoomOnScroll={false}
        zoomOnDoubleClick={false}
        preventScrolling={false}
        minZoom={0.5}
        maxZoom={1.4}
        fitView
        fitViewOptions={{ padding: 0.05, maxZoom: 1 }}
        className="!bg-transparent [--xy-attribution-background-color:transparent]"
      >
        <Background
          variant={BackgroundVariant.Dots}
          gap={20}
          size={1}
          color="var(--line-strong)"
          bgColor="transparent"
        />
      </ReactFlow>
    </section>
  );
}

/** The method flow: fixed order, out and back. A click opens the box's inspector; the diagram stays. */
export function Canvas(props: CanvasProps) {
  return (
    <ReactFlowProvider>
      <Flow {...props} />
    </ReactFlowProvider>
  );
}
