"use client";
import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import {
  ArrowLeftToLine,
  ArrowRightToLine,
  Braces,
  Check,
  Monitor,
  Server,
  TriangleAlert,
  X,
} from "lucide-react";
import type { ComponentType } from "react";
import { cx } from "../../ui/class-names";
import type { Box } from "../store/selection";
import type { BoxOutcome } from "./box-outcome";
import { BOX_SIZE, BOX_TITLES } from "./method-flow";

export type FlowNodeData = {
  box: Box;
  facts: string[];
  isSelected: boolean;
  errors: number;
  outcome: BoxOutcome | null;
  /** The status a test run ended with; shown on the method response. */
  status: number | null;
  onSelect: (box: Box) => void;
};
export type FlowNode = Node<FlowNodeData, "box">;

const ICONS: Record<Box, ComponentType<{ className?: string }>> = {
  client: Monitor,
  "method-request": ArrowRightToLine,
  "integration-request": Braces,
  integration: Server,
  "integration-response": ArrowLeftToLine,
  "method-response": ArrowLeftToLine,
};

const milliseconds = (value: number) => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;

function Outcome({ outcome, status }: { outcome: BoxOutcome; status: number | null }) {
  return (
    <span className="mt-auto flex items-center justify-between border-line border-t px-2.5 py-[3px] text-muted text-xs">
      <span className="num">{status ?? milliseconds(outcome.durationMs)}</span>
      {outcome.isFailed ? (
        <X aria-label="failed" className="size-3 text-bad" />
      ) : (
        <Check aria-label="passed" className="size-3 text-ok" />
      )}
    </span>
  );
}

/** One box of the method flow: what it is, the two facts that matter, and how the last test run went through it. */
export function FlowNodeView({ data }: NodeProps<FlowNode>) {
  const { box, facts, isSelected, errors, outcome, status, onSelect } = data;
  const Icon = ICONS[box];
  return (
    <>
      {(["Left", "Right", "Top", "Bottom"] as const).map((side) => (
        <span key={side}>
          <Handle
            id={`in-${side}`}
            type="target"
            position={Position[side]}
            isConnectable={false}
            className="!opacity-0"
          />
          <Handle
            id={`out-${side}`}
            type="source"
            position={Position[side]}
            isConnectable={false}
            className="!opacity-0"
          />
        </span>
      ))}
      <button
        type="button"
        aria-pressed={isSelected}
        aria-label={BOX_TITLES[box]}
        aria-description={facts.join(", ")}
        onClick={() => onSelect(box)}
        style={BOX_SIZE}
        className={cx(
          "nodrag flex cursor-pointer flex-col overflow-hidden rounded-lg border border-line-strong bg-surface text-left transition-colors duration-[120ms] hover:border-faint",
          isSelected && "border-accent ring-4 ring-accent-soft hover:border-accent",
          outcome?.isFailed && "border-bad",
        )}
      >
        <span className="flex items-center gap-1.5 px-2 pt-2 pb-1 font-semibold text-sm">
          <Icon className="size-3.5 shrink-0 text-muted" />
          <span className="truncate">{BOX_TITLES[box]}</span>
          {errors > 0 ? (
            <TriangleAlert aria-label={`${errors} errors`} className="ml-auto size-3.5 shrink-0 text-bad" />
          ) : null}
        </span>
        {facts.slice(0, 2).map((fact) => (
          <span key={fact} className="block truncate px-2 text-muted text-xs leading-[17px]">
            {fact}
          </span>
        ))}
        {outcome ? <Outcome outcome={outcome} status={status} /> : null}
      </button>
    </>
  );
}
