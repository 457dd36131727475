"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { counted } from "../shell/count-words";
import { type Answers, useTRPC } from "../trpc/trpc";
import { CopyableId } from "../ui/copy-button";
import { Fact } from "../ui/section";
import { Skeleton } from "../ui/state/skeleton";
import { StateLabel } from "../ui/state-dot";
import { formatNumber, PERIOD_WORDS, rateWords, THIS_PERIOD_WORDS } from "./limit-words";
import { UsedBar } from "./quota-bar";

type Plan = Answers["usagePlan"]["list"][number];

/** How much of what its keys may use in this period they have used. */
function PlanUsed({ plan }: { plan: Plan }) {
  const trpc = useTRPC();
  const usage = useQuery({
    ...trpc.usagePlan.usage.queryOptions({ planId: plan.id, days: 7 }),
    refetchInterval: 10_000,
  });
  if (!usage.data) return <Skeleton className="w-24" />;
  const week = usage.data.days.reduce((sum, day) => sum + day.count, 0);
  const refused = usage.data.days.reduce((sum, day) => sum + day.throttled, 0);
  const quotas = usage.data.keys.map((key) => key.quota).filter((quota) => quota !== null);
  const used = quotas.reduce((sum, quota) => sum + quota.used, 0);
  const limit = quotas.reduce((sum, quota) => sum + quota.limit, 0);
  const near = quotas.filter((quota) => quota.used >= quota.limit * 0.8).length;
  return (
    <div className="num flex flex-col gap-1">
      {limit > 0 ? (
        <>
          <UsedBar used={used} limit={limit} label={`${plan.name} used`} />
          <span>
            {formatNumber(Math.round((1000 * used) / limit) / 10)} % of the quotas{" "}
            {plan.quota ? THIS_PERIOD_WORDS[plan.quota.period] : ""}
          </span>
        </>
      ) : null}
      <span className="text-muted text-sm">
        {counted(week, "request")} in 7 days
        {refused > 0 ? <span className="text-bad">, {formatNumber(refused)} refused</span> : null}
      </span>
      {near > 0 ? (
        <span className="text-sm text-warn">{counted(near, "key is", "keys are")} over 80 %</span>
      ) : null}
    </div>
  );
}

/** One tier, in the same rows as the others beside it. */
export function PlanCard({ plan }: { plan: Plan }) {
  return (
    <article
      aria-label={plan.name}
      className="relative flex flex-col rounded-lg border border-line bg-surface p-4 hover:border-line-strong"
    >
      <h2 className="truncate font-semibold text-lg">
        <Link href={`/usage-plans/${plan.id}`} className="after:absolute after:inset-0 after:rounded-lg">
          {plan.name}
        </Link>
      </h2>
      <p className="min-h-5 truncate text-muted">{plan.description}</p>
      <dl className="mt-3">
        <Fact name="Rate">
          {plan.throttle ? (
            <span className="num">
              {rateWords(plan.throttle.rateLimit)}
              {plan.throttle.shadow ? <span className="text-warn"> (shadow)</span> : null}
            </span>
          ) : (
            <span className="text-faint">unlimited</span>
          )}
        </Fact>
        <Fact name="Burst">
          {plan.throttle ? (
            <span className="num">{formatNumber(plan.throttle.burstLimit)}</span>
          ) : (
            <span className="text-faint">unlimited</span>
          )}
        </Fact>
        <Fact name="Quota">
          {plan.quota ? (
            <span className="num">
              {formatNumber(plan.quota.limit)} per {PERIOD_WORDS[plan.quota.period]}
              <span className="text-faint">, {plan.quota.mode ?? "strict"}</span>
              {plan.quota.shadow ? <span className="text-warn"> (shadow)</span> : null}
            </span>
          ) : (
            <span className="text-faint">unlimited</span>
          )}
        </Fact>
        <Fact name="Keys">
          <span className="num">{formatNumber(plan.keyCount)}</span>
        </Fact>
        <Fact name="Stages">
          {plan.stages.length === 0 ? (
            <span className="text-warn">none: its keys open nothing</span>
          ) : (
            <ul>
              {plan.stages.map((stage) => (
                <li key={`${stage.apiId}/${stage.stageName}`} className="truncate">
                  <StateLabel state="live" className="text-ink">
                    {stage.apiName} / {stage.stageName}
                  </StateLabel>
                </li>
              ))}
            </ul>
          )}
        </Fact>
        <Fact name="Used">
          <PlanUsed plan={plan} />
        </Fact>
      </dl>
      <div className="relative mt-auto self-start pt-3">
        <CopyableId id={plan.id} label="plan id" />
      </div>
    </article>
  );
}
