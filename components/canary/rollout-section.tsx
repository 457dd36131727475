"use client";
import { useMutation } from "@tanstack/react-query";
import { Check, CircleDashed, LoaderCircle, Pause, Play, X } from "lucide-react";
import { useState } from "react";
import { useRefreshApi } from "../api/use-api";
import { counted } from "../shell/count-words";
import { useCan } from "../shell/session";
import type { Stage } from "../stage/use-stage-changes";
import { failureOf } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Badge, type Tone } from "../ui/badge";
import { Button } from "../ui/button";
import { cx } from "../ui/class-names";
import { RelativeTime } from "../ui/relative-time";
import { Section } from "../ui/section";
import { Notice } from "../ui/state/notice";
import { count, percent } from "./canary-words";
import { planFault } from "./plan-fault";
import { FIRST_PLAN, PlanFields } from "./plan-fields";
import { RolloutChart } from "./rollout-chart";

export type Rollout = Answers["canary"]["rollouts"][number];

const VERDICTS: Record<string, { tone: Tone; words: string }> = {
  pass: { tone: "ok", words: "pass" },
  fail: { tone: "bad", words: "fail" },
  inconclusive: { tone: "neutral", words: "inconclusive" },
};

export function VerdictBadge({ outcome }: { outcome: string }) {
  const { tone, words } = VERDICTS[outcome] ?? { tone: "neutral" as const, words: outcome };
  return <Badge tone={tone}>{words}</Badge>;
}

export function guardrailWords(guardrails: Rollout["plan"]["guardrails"]) {
  const { maxErrorPercent, maxP95Ms, maxErrorRatio, maxP95Ratio, minSamples } = guardrails;
  const limits = [
    maxErrorPercent === null ? null : `more than ${percent(maxErrorPercent)} 5xx`,
    maxErrorRatio === null ? null : `more than ${count(maxErrorRatio)} times production's 5xx`,
    maxP95Ms === null ? null : `a p95 above ${maxP95Ms} ms`,
    maxP95Ratio === null ? null : `a p95 above ${count(maxP95Ratio)} times production's`,
  ].filter((text) => text !== null);
  return `Aborted by ${limits.join(" or ")}, judged from ${counted(minSamples, "request")}`;
}

function sampleWords({ samples, productionSamples }: NonNullable<Rollout["verdict"]>): string {
  return productionSamples === undefined
    ? counted(samples, "request")
    : `${counted(samples, "request")}, ${count(productionSamples)} in production`;
}

/** The steps as a line downwards: done, running, to come. */
export function StepList({ rollout }: { rollout: Rollout }) {
  const { plan, step: at, status } = rollout;
  const isThrough =
    status === "passed" || (status === "promoted" && rollout.evidence.at(-1)?.move === "promote");
  return (
    <ol aria-label="Steps">
      {plan.steps.map((step, index) => {
        const state =
          index < at || isThrough ? "done" : index > at ? "next" : status === "running" ? "now" : "ended";
        const isPaused = state === "now" && plan.isPaused;
        const Icon = isPaused
          ? Pause
          : { done: Check, now: LoaderCircle, next: CircleDashed, ended: X }[state];
        return (
          <li
            key={step.percentTraffic}
            className="flex min-h-8 items-center gap-2.5"
            aria-current={state === "now" ? "step" : undefined}
          >
            <Icon
              aria-hidden="true"
              className={cx(
                "size-4 shrink-0",
                state === "done" && "text-ok",
                state === "now" && "text-accent",
                state === "now" && !isPaused && "animate-spin motion-reduce:animate-none",
                state === "next" && "text-faint",
                state === "ended" && (status === "aborted" ? "text-bad" : "text-muted"),
              )}
            />
            <span className={cx("num", state === "now" ? "font-medium" : state === "next" && "text-muted")}>
              {percent(step.percentTraffic)}
            </span>
            <span className="num text-muted text-sm">
              {step.minutes} min
              {state === "now" ? (
                <>
                  , since <RelativeTime at={rollout.stepStartedAt} />
                </>
              ) : null}
            </span>
            {state === "now" && rollout.verdict ? (
              <span className="ml-auto flex items-center gap-2">
                <span className="num text-muted text-sm">{sampleWords(rollout.verdict)}</span>
                <VerdictBadge outcome={rollout.verdict.outcome} />
              </span>
            ) : null}
          </li>
        );
      })}
      {status === "aborted" || status === "ended" ? null : (
        <li className="flex min-h-8 items-center gap-2.5 text-muted">
          <span className="grid size-4 place-items-center" aria-hidden="true">
            <span className="size-1.5 rounded-full bg-line-strong" />
          </span>
          {plan.isPromotedAtEnd ? "Then promoted" : "Then waits for you"}
        </li>
      )}
    </ol>
  );
}

/** Steps that run, or the form that starts them. */
export function RolloutSection({
  apiId,
  stage,
  running,
}: {
  apiId: string;
  stage: Stage;
  running: Rollout | null;
}) {
  const trpc = useTRPC();
  const can = useCan();
  const refresh = useRefreshApi(apiId);
  const [plan, setPlan] = useState(FIRST_PLAN);
  const fault = planFault(plan);
  const [isOpen, setOpen] = useState(false);
  const start = useMutation(trpc.canary.startRollout.mutationOptions({ onSuccess: () => refresh() }));
  const stop = useMutation(trpc.canary.stopRollout.mutationOptions({ onSuccess: () => refresh() }));
  const pause = useMutation(trpc.canary.pauseRollout.mutationOptions({ onSuccess: () => refresh() }));
  const error = start.error ?? stop.error ?? pause.error;
  const isPaused = running?.plan.isPaused ?? false;
  const name = { apiId, stageName: stage.name };
  return (
    <Section
      title="Steps"
      aside={
        running && can("stage:write") ? (
          <>
            <Button
              size="sm"
              pending={pause.isPending}
              onClick={() => pause.mutate({ ...name, isPaused: !isPaused })}
            >
              {isPaused ? <Play /> : <Pause />} {isPaused ? "Resume" : "Pause"}
            </Button>
            <Button size="sm" variant="ghost" pending={stop.isPending} onClick={() => stop.mutate(name)}>
              Stop the steps
            </Button>
          </>
        ) : running ? null : (
          "by hand"
        )
      }
    >
      <div className="flex flex-col gap-3 p-3.5">
        {error ? <Notice tone="bad">{failureOf(error).message}</Notice> : null}
        {running ? (
          <>
            {isPaused ? (
              <Notice tone="info" title="Paused">
                The share stays. A bad canary is aborted all the same; resumed, a step that has lasted goes up
                at once.
              </Notice>
            ) : null}
            <StepList rollout={running} />
            {running.verdict?.open ? <p className="num text-sm">Open: {running.verdict.open}.</p> : null}
            <p className="text-muted text-sm">{guardrailWords(running.plan.guardrails)}.</p>
            <div className="-mx-3.5 -mb-3.5 border-line border-t">
              <RolloutChart stage={name} rollout={running} minutes={60} />
            </div>
          </>
        ) : isOpen ? (
          <>
            <PlanFields plan={plan} fault={fault} onChange={setPlan} />
            <div className="flex justify-end gap-2">
              <Button variant="ghost" onClick={() => setOpen(false)}>
                Cancel
              </Button>
              <Button
                variant="primary"
                pending={start.isPending}
                disabled={fault !== null}
                onClick={() => start.mutate({ ...name, plan })}
              >
                Run the steps
              </Button>
            </div>
          </>
        ) : (
          <>
            <p className="text-muted">
              The share is what you set. Let it go up in steps instead: each is judged by the canary&apos;s
              own requests, and a bad canary is aborted by itself within seconds.
            </p>
            {can("api:deploy") ? (
              <Button className="self-start" onClick={() => setOpen(true)}>
                Set up steps
              </Button>
            ) : null}
          </>
        )}
      </div>
    </Section>
  );
}
