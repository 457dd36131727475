import { LATENCY_BUCKET_COUNT, latencyQuantile } from "../latency-buckets";
import type { Guardrails } from "./rollout-plan";

/** How long a window is that canaries are counted in. */
export const CANARY_WINDOW_MS = 5_000;

/** What one variant of a stage did in a span of time. `buckets` as in `LATENCY_BUCKETS_MS`. */
export type VariantCounts = {
  readonly count: number;
  readonly errors4xx: number;
  readonly errors5xx: number;
  readonly buckets: readonly number[];
};

/** The same in figures for people. Percentiles are null without requests. */
export type VariantFigures = {
  count: number;
  errors4xx: number;
  errors5xx: number;
  /** In percent of the requests. */
  errorPercent: number;
  p50Ms: number | null;
  p95Ms: number | null;
};

export type Finding = {
  guard: "maxErrorPercent" | "maxP95Ms";
  measured: number;
  limit: number;
  /** Requests it was measured on. */
  samples: number;
};

export type Judgement = { outcome: "pass" | "fail" | "inconclusive"; samples: number; findings: Finding[] };

/**
 * What a step's windows, oldest first, say about the canary. Looked at are all of them and also the newest that have
 * enough samples together: a canary that turns bad late must not hide behind the hours in which it was good.
 */
export function judgeCanary(guardrails: Guardrails, windows: readonly VariantCounts[]): Judgement {
  const all = figuresOf(windows);
  const { minSamples } = guardrails;
  if (all.count < minSamples) return { outcome: "inconclusive", samples: all.count, findings: [] };
  const recent = findingsOf(guardrails, figuresOf(newest(windows, minSamples)));
  const findings = recent.length > 0 ? recent : findingsOf(guardrails, all);
  return { outcome: findings.length > 0 ? "fail" : "pass", samples: all.count, findings };
}

/** Adds windows up. */
export function figuresOf(windows: readonly VariantCounts[]): VariantFigures {
  const sum = (pick: (window: VariantCounts) => number) => windows.reduce((total, w) => total + pick(w), 0);
  const count = sum((w) => w.count);
  const errors5xx = sum((w) => w.errors5xx);
  const buckets = Array.from({ length: LATENCY_BUCKET_COUNT }, (_, i) => sum((w) => w.buckets[i] ?? 0));
  return {
    count,
    errors4xx: sum((w) => w.errors4xx),
    errors5xx,
    errorPercent: count === 0 ? 0 : (100 * errors5xx) / count,
    p50Ms: count === 0 ? null : latencyQuantile(buckets, 0.5),
    p95Ms: count === 0 ? null : latencyQuantile(buckets, 0.95),
  };
}

function newest(windows: readonly VariantCounts[], minSamples: number): VariantCounts[] {
  const taken: VariantCounts[] = [];
  let samples = 0;
  for (let i = windows.length - 1; i >= 0 && samples < minSamples; i--) {
    const window = windows[i] as VariantCounts;
    taken.push(window);
    samples += window.count;
  }
  return taken;
}

function findingsOf(guardrails: Guardrails, { count, errorPercent, p95Ms }: VariantFigures): Finding[] {
  const findings: Finding[] = [];
  const check = (guard: Finding["guard"], measured: number) => {
    const limit = guardrails[guard];
    if (limit !== null && measured > limit) findings.push({ guard, measured, limit, samples: count });
  };
  check("maxErrorPercent", errorPercent);
  check("maxP95Ms", p95Ms ?? 0);
  return findings;
}
