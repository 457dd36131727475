"use client";
import { useEffect, useState } from "react";

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];
const words = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });

/** `3 hr. ago`, `in 2 days`; under a minute it is `just now` or `in a moment`. */
export function relativeTime(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  for (const [unit, size] of STEPS)
    if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit).replace(".", "");
  return seconds > 0 ? "in a moment" : "just now";
}

const DAY_MS = 86_400_000;

/** `in 396 days`, `tomorrow`, `3 days ago`: whole days, rounded towards now. */
function daysUntil(at: Date, now: Date): string {
  return words.format(Math.trunc((at.getTime() - now.getTime()) / DAY_MS), "day");
}

/** The day something ends, `12 Mar 2027`, and how far away it is. */
export function ExpiryDate({ at }: { at: Date | string }) {
  const date = new Date(at);
  return (
    <time
      dateTime={date.toISOString()}
      title={date.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" })}
      suppressHydrationWarning
    >
      {date.toLocaleDateString("en-GB", { dateStyle: "medium" })}
      <span className="whitespace-nowrap text-muted">, {daysUntil(date, new Date())}</span>
    </time>
  );
}

/** A moment relative to now, with the exact time on hover. */
export function RelativeTime({ at, className }: { at: Date | string; className?: string }) {
  const date = typeof at === "string" ? new Date(at) : at;
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time
      dateTime={date.toISOString()}
      title={date.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" })}
      className={className}
      suppressHydrationWarning
    >
      {relativeTime(date, now)}
    </time>
  );
}
