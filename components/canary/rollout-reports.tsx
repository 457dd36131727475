"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { DownloadButton } from "../shell/download-button";
import { useCan } from "../shell/session";
import { useTRPC } from "../trpc/trpc";
import { Badge, type Tone } from "../ui/badge";
import { RelativeTime } from "../ui/relative-time";
import { Section } from "../ui/section";
import { percent } from "./canary-words";
import { RolloutChart } from "./rollout-chart";
import { guardrailWords, type Rollout, StepList, VerdictBadge } from "./rollout-section";
import { VariantTable } from "./variant-comparison";

const STATUS: Record<Rollout["status"], { tone: Tone; words: string }> = {
  running: { tone: "accent", words: "running" },
  passed: { tone: "ok", words: "passed" },
  promoted: { tone: "ok", words: "promoted" },
  aborted: { tone: "bad", words: "aborted" },
  ended: { tone: "neutral", words: "ended by hand" },
};
const MOVES = {
  step: "went up after",
  abort: "aborted at",
  promote: "promoted after",
  pass: "passed at",
} as const;

const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

function Record({ rollout, index }: { rollout: Rollout; index: number }) {
  const record = rollout.evidence[index];
  if (!record) return null;
  return (
    <li className="border-line border-t">
      <p className="flex flex-wrap items-center gap-2 px-3.5 py-2">
        <VerdictBadge outcome={record.judgement.outcome} />
        <span>
          Step {record.step + 1}: {MOVES[record.move]} {percent(record.percentTraffic)}
        </span>
        <span className="num text-muted text-sm">
          {time.format(new Date(record.since))} – {time.format(new Date(record.at))}
        </span>
      </p>
      <div className="overflow-x-auto border-line border-t bg-sunken/40">
        <VariantTable
          production={record.production}
          canary={record.canary}
          numbers={{ production: rollout.productionNumber, canary: rollout.canaryNumber }}
        />
      </div>
    </li>
  );
}

function DownloadReport({
  stage,
  rollout,
}: {
  stage: { apiId: string; stageName: string };
  rollout: Rollout;
}) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const canSee = useCan()("metrics:read");
  if (!canSee) return null;
  const load = () => client.fetchQuery(trpc.canary.report.queryOptions({ ...stage, rolloutId: rollout.id }));
  return <DownloadButton load={load}>Download the report</DownloadButton>;
}

/** One canary's end, steps and measures; what it did over time is asked for once it is opened. */
function Report({
  stage,
  rollout,
  isNewest,
}: {
  stage: { apiId: string; stageName: string };
  rollout: Rollout;
  isNewest: boolean;
}) {
  const [isOpen, setOpen] = useState(isNewest);
  return (
    <details
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group border-line border-b last:border-0"
    >
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-2 gap-y-1 px-3.5 py-2 hover:bg-hover">
        <Badge tone={STATUS[rollout.status].tone}>{STATUS[rollout.status].words}</Badge>
        <span className="num font-medium">#{rollout.canaryNumber}</span>
        <span className="num text-muted text-sm">
          beside #{rollout.productionNumber}, {rollout.actorName},{" "}
          <RelativeTime at={rollout.endedAt ?? rollout.startedAt} />
        </span>
        {rollout.reason ? <span className="w-full">{rollout.reason}</span> : null}
      </summary>
      <div className="px-3.5 pb-2">
        <StepList rollout={rollout} />
        <p className="text-muted text-sm">{guardrailWords(rollout.plan.guardrails)}.</p>
        <DownloadReport stage={stage} rollout={rollout} />
      </div>
      {isOpen ? (
        <div className="border-line border-t">
          <RolloutChart stage={stage} rollout={rollout} minutes={60} />
        </div>
      ) : null}
      <ol aria-label="What was measured">
        {rollout.evidence.map((record, index) => (
          <Record key={record.at} rollout={rollout} index={index} />
        ))}
      </ol>
    </details>
  );
}

/** What earlier canaries did, and why they ended. */
export function RolloutReports({
  stage,
  rollouts,
}: {
  stage: { apiId: string; stageName: string };
  rollouts: readonly Rollout[];
}) {
  if (rollouts.length === 0) return null;
  return (
    <Section title="Reports" aside={`${rollouts.length} newest`}>
      {rollouts.map((rollout, position) => (
        <Report key={rollout.id} stage={stage} rollout={rollout} isNewest={position === 0} />
      ))}
    </Section>
  );
}
