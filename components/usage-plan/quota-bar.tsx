"use client";
import { useEffect, useState } from "react";
import { cx } from "../ui/class-names";
import { countdown, formatNumber, THIS_PERIOD_WORDS } from "./limit-words";

export type QuotaState = {
  used: number;
  limit: number;
  remaining: number;
  period: "DAY" | "WEEK" | "MONTH";
  resetsAt: Date;
};

const inkOf = (ratio: number) => (ratio >= 1 ? "bg-bad" : ratio >= 0.8 ? "bg-warn" : "bg-accent");

export function UsedBar({ used, limit, label }: { used: number; limit: number; label: string }) {
  const ratio = limit > 0 ? used / limit : 1;
  return (
    <div className="w-full">
      <meter
        className="sr-only"
        aria-label={label}
        min={0}
        max={Math.max(1, limit)}
        value={Math.min(used, limit)}
      />
      <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-line">
        <div
          className={cx("h-full rounded-full", inkOf(ratio))}
          style={{ width: `${Math.min(100, ratio * 100)}%` }}
        />
      </div>
    </div>
  );
}

export function Countdown({ until }: { until: Date }) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span title={`${until.toISOString().slice(0, 16).replace("T", " ")} UTC`} suppressHydrationWarning>
      {countdown(until, now)}
    </span>
  );
}

/** How much of a quota is used, and when it starts again. */
export function QuotaBar({ quota, label = "Quota" }: { quota: QuotaState; label?: string }) {
  const isSpent = quota.remaining <= 0;
  const isExtended = quota.remaining > quota.limit - quota.used;
  return (
    <div className="flex flex-col gap-1">
      <UsedBar used={quota.used} limit={quota.limit} label={label} />
      <div className="num flex flex-wrap justify-between gap-x-3 text-sm">
        <span className={isSpent ? "font-medium text-bad" : undefined}>
          {formatNumber(quota.used)} of {formatNumber(quota.limit)} {THIS_PERIOD_WORDS[quota.period]}
          {isExtended ? `, ${formatNumber(quota.remaining)} left` : null}
        </span>
        <span className="text-muted">
          starts again in <Countdown until={quota.resetsAt} />
        </span>
      </div>
    </div>
  );
}
