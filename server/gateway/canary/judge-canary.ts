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
  guard: "maxErrorPercent" | "maxP95Ms" | "maxErrorRatio" | "maxP95Ratio";
  measured: number;
  /** In the unit of `measured`: of a ratio what it comes to with production's figure. */
  limit: number;
  /** Requests it was measured on. */
  samples: number;
  /** What a ratio was compared with: production's figure and requests. */
  production?: { measured: number; samples: number };
};

export type Judgement = {
  outcome: "pass" | "fail" | "inconclusive";
  samples: number;
  /** Production's requests; absent in judgements of before it was compared with. */
  productionSamples?: number;
  findings: Finding[];
  /** Why nothing can be concluded yet, in words; absent with another outcome. */
  open?: string;
};

/** 95 % one-sided: a rate is called higher only if chance would show it once in twenty times. */
const Z = 1.645;

/**
 * What a step's windows, oldest first, say about the canary. Looked at are all of them and also the newest that have
 * enough samples together: a canary that turns bad late must not hide behind the hours in which it was good. Ratios
 * compare with what production did in the same windows; where that is too little, or the difference may be chance,
 * the judgement is open.
 */
export function judgeCanary(
  guardrails: Guardrails,
  windows: readonly VariantCounts[],
  productionWindows: readonly VariantCounts[] = [],
): Judgement {
  const all = figuresOf(windows);
  const production = figuresOf(productionWindows);
  const { minSamples } = guardrails;
  const base = { samples: all.count, productionSamples: production.count };
  const open = (words: string): Judgement => ({
    ...base,
    outcome: "inconclusive",
    findings: [],
    open: words,
  });
  if (all.count < minSamples) return open(`${all.count} of ${minSamples} requests to the canary so far`);
  const recent = figuresOf(newest(windows, minSamples));
  for (const figures of [recent, all]) {
    const findings = [...findingsOf(guardrails, figures), ...ratiosOf(guardrails, figures, production)];
    if (findings.length > 0) return { ...base, outcome: "fail", findings };
  }
  if (!hasRatio(guardrails)) return { ...base, outcome: "pass", findings: [] };
  if (production.count < minSamples)
    return open(`${production.count} of ${minSamples} requests to production to compare with so far`);
  if (errorsMayBeHigher(guardrails, all, production))
    return open("more errors than production, which may be chance");
  return { ...base, outcome: "pass", findings: [] };
}

const hasRatio = ({ maxErrorRatio, maxP95Ratio }: Guardrails) =>
  maxErrorRatio !== null || maxP95Ratio !== null;

/** A production without errors counts as one with one: a ratio to nothing would be infinite. */
const errorLimit = (ratio: number, { count, errors5xx }: VariantFigures) =>
  (ratio * 100 * Math.max(1, errors5xx)) / count;

function ratiosOf(guardrails: Guardrails, canary: VariantFigures, production: VariantFigures): Finding[] {
  const { maxErrorRatio, maxP95Ratio, minSamples } = guardrails;
  if (canary.count < minSamples || production.count < minSamples) return [];
  const findings: Finding[] = [];
  const add = (guard: Finding["guard"], figures: [number, number], limit: number) =>
    findings.push({
      guard,
      measured: figures[0],
      limit,
      samples: canary.count,
      production: { measured: figures[1], samples: production.count },
    });
  if (maxErrorRatio !== null) {
    const limit = errorLimit(maxErrorRatio, production);
    if (leastPercent(canary) > limit) {
      add("maxErrorRatio", [canary.errorPercent, production.errorPercent], limit);
    }
  }
  const [ours, theirs] = [canary.p95Ms, production.p95Ms];
  if (maxP95Ratio !== null && ours !== null && theirs !== null && ours > maxP95Ratio * theirs) {
    add("maxP95Ratio", [ours, theirs], maxP95Ratio * theirs);
  }
  return findings;
}

function errorsMayBeHigher(
  { maxErrorRatio }: Guardrails,
  canary: VariantFigures,
  production: VariantFigures,
): boolean {
  return maxErrorRatio !== null && canary.errorPercent > errorLimit(maxErrorRatio, production);
}

/** The lower end of Wilson's interval of an error rate, in percent. */
function leastPercent({ count, errors5xx }: VariantFigures): number {
  const rate = errors5xx / count;
  const z2 = Z * Z;
  const middle = rate + z2 / (2 * count);
  const spread = Z * Math.sqrt((rate * (1 - rate)) / count + z2 / (4 * count * count));
  return Math.max(0, (100 * (middle - spread)) / (1 + z2 / count));
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
  const check = (guard: "maxErrorPercent" | "maxP95Ms", measured: number) => {
    const limit = guardrails[guard];
    if (limit !== null && measured > limit) findings.push({ guard, measured, limit, samples: count });
  };
  check("maxErrorPercent", errorPercent);
  check("maxP95Ms", p95Ms ?? 0);
  return findings;
}
