"use client";
import { Field } from "../ui/field";
import { NumberInput } from "../ui/number-input";
import { Select } from "../ui/select";
import { QuotaKept, ThrottleKept } from "./limit-kept";
import { PERIOD_WORDS } from "./limit-words";

export type PlanLimits = {
  rate: number | null;
  burst: number | null;
  quota: number | null;
  offset: number | null;
  period: "DAY" | "WEEK" | "MONTH";
  mode: "strict" | "fast";
  /** The limit refuses nothing and counts what it would have refused. */
  throttleShadow: boolean;
  quotaShadow: boolean;
};

export const NO_LIMITS: PlanLimits = {
  rate: null,
  burst: null,
  quota: null,
  offset: null,
  period: "MONTH",
  mode: "strict",
  throttleShadow: false,
  quotaShadow: false,
};

const MAX_OFFSET = { DAY: 0, WEEK: 6, MONTH: 27 } as const;

/** What is wrong with the limits, by field; the server has the same rules. */
export function limitProblems(limits: PlanLimits): Partial<Record<keyof PlanLimits, string>> {
  const problems: Partial<Record<keyof PlanLimits, string>> = {};
  if (limits.rate !== null && limits.burst === null) problems.burst = "Set a burst too, or leave both empty";
  if (limits.burst !== null && limits.rate === null) problems.rate = "Set a rate too, or leave both empty";
  if (limits.burst !== null && !Number.isInteger(limits.burst)) problems.burst = "A whole number of requests";
  if (limits.quota !== null && (limits.quota < 1 || !Number.isInteger(limits.quota)))
    problems.quota = "A whole number of at least 1";
  if (limits.quota !== null && (limits.offset ?? 0) > MAX_OFFSET[limits.period])
    problems.offset = `At most ${MAX_OFFSET[limits.period]} per ${PERIOD_WORDS[limits.period]}`;
  return problems;
}

/** The form's values as the service takes them; null takes a limit away. */
export function limitsInput(limits: PlanLimits) {
  return {
    throttle:
      limits.rate !== null && limits.burst !== null
        ? { rateLimit: limits.rate, burstLimit: limits.burst, shadow: limits.throttleShadow }
        : null,
    quota:
      limits.quota === null
        ? null
        : {
            limit: limits.quota,
            offset: limits.offset ?? 0,
            period: limits.period,
            mode: limits.mode,
            shadow: limits.quotaShadow,
          },
  };
}

/** Rate, burst and quota of a plan; empty means unlimited. */
export function PlanLimitsFields({
  limits,
  onChange,
  readOnly,
}: {
  limits: PlanLimits;
  onChange: (limits: PlanLimits) => void;
  readOnly?: boolean;
}) {
  const problems = limitProblems(limits);
  const set = (change: Partial<PlanLimits>) => onChange({ ...limits, ...change });
  return (
    <div className="flex flex-col gap-3">
      <div className="grid grid-cols-2 gap-3">
        <Field label="Rate" error={problems.rate}>
          <NumberInput
            value={limits.rate}
            onValueChange={(rate) => set({ rate })}
            unit="per s"
            placeholder="unlimited"
            readOnly={readOnly}
          />
        </Field>
        <Field label="Burst" error={problems.burst}>
          <NumberInput
            value={limits.burst}
            onValueChange={(burst) => set({ burst })}
            unit="at once"
            placeholder="unlimited"
            readOnly={readOnly}
          />
        </Field>
      </div>
      {limits.rate !== null ? (
        <ThrottleKept
          isShadow={limits.throttleShadow}
          onChange={(throttleShadow) => set({ throttleShadow })}
          readOnly={readOnly}
        />
      ) : null}
      <div className="grid grid-cols-2 gap-3">
        <Field label="Quota" error={problems.quota}>
          <NumberInput
            value={limits.quota}
            onValueChange={(quota) => set({ quota })}
            unit="requests"
            placeholder="unlimited"
            readOnly={readOnly}
          />
        </Field>
        <Field label="Period">
          <Select
            value={limits.period}
            onValueChange={(period) => set({ period: period as PlanLimits["period"], offset: null })}
            disabled={readOnly || limits.quota === null}
            options={[
              { value: "DAY", label: "per day" },
              { value: "WEEK", label: "per week" },
              { value: "MONTH", label: "per month" },
            ]}
          />
        </Field>
      </div>
      {limits.quota !== null && limits.period !== "DAY" ? (
        <Field
          label="Offset"
          error={problems.offset}
          help="Taken off the first time, for keys that join in the middle"
        >
          <NumberInput
            value={limits.offset}
            onValueChange={(offset) => set({ offset })}
            unit="requests"
            placeholder="0"
            readOnly={readOnly}
          />
        </Field>
      ) : null}
      {limits.quota !== null ? (
        <QuotaKept limits={limits} onChange={(change) => set(change)} readOnly={readOnly} />
      ) : null}
    </div>
  );
}
