"use client";
import { Play, Square } from "lucide-react";
import { Badge, statusTone } from "../ui/badge";
import { Button } from "../ui/button";
import { cx } from "../ui/class-names";
import { Keys } from "../ui/kbd";
import { RelativeTime } from "../ui/relative-time";
import { milliseconds } from "./step-list";
import type { TestRunState } from "./use-test-run";

const bytes = (text: string) => {
  const size = new TextEncoder().encode(text).length;
  return size < 1000 ? `${size} B` : `${(size / 1000).toFixed(1)} kB`;
};

/** Status, time and size of the last answer. */
export function RunSummary({ test, compact }: { test: TestRunState; compact?: boolean | undefined }) {
  const { last, isRunning } = test;
  if (isRunning) return <span className="text-muted">Running…</span>;
  if (!last) return null;
  const { status, latencyMs, body, steps } = last.result;
  // The steps have fractions of a millisecond; the latency is whole, as AWS reports it.
  const exactMs = Math.max(...steps.map((step) => step.startMs + step.durationMs), 0) || latencyMs;
  return (
    <span className="flex min-w-0 items-center gap-2.5">
      <Badge tone={statusTone(status)} className="num">
        {status}
      </Badge>
      <span className="num truncate text-muted">
        {milliseconds(exactMs)}, {bytes(body)}
      </span>
      <span className={cx("truncate text-faint text-sm max-sm:hidden", compact && "max-2xl:hidden")}>
        <RelativeTime at={new Date(last.at)} />
      </span>
    </span>
  );
}

/** One button: runs, and while it runs cancels. */
export function RunButton({ test, canRun }: { test: TestRunState; canRun: boolean }) {
  return (
    <Button
      disabled={!canRun}
      title={canRun ? undefined : "Your role cannot run tests"}
      onClick={() => void test.run()}
    >
      {test.isRunning ? (
        <>
          <Square /> Cancel
        </>
      ) : (
        <>
          <Play /> Run <Keys keys="mod+enter" className="max-lg:hidden" />
        </>
      )}
    </Button>
  );
}
