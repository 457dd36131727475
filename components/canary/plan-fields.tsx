"use client";
import { Plus, Trash2 } from "lucide-react";
import { useId } from "react";
import type { RolloutPlan } from "@/server/gateway/canary/rollout-plan";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { cx } from "../ui/class-names";
import { Field } from "../ui/field";
import { IconButton } from "../ui/icon-button";
import { NumberInput } from "../ui/number-input";
import type { PlanFault } from "./plan-fault";

export const FIRST_PLAN: RolloutPlan = {
  steps: [
    { percentTraffic: 5, minutes: 10 },
    { percentTraffic: 25, minutes: 20 },
    { percentTraffic: 50, minutes: 30 },
  ],
  guardrails: { maxErrorPercent: 1, maxP95Ms: null, maxErrorRatio: 2, maxP95Ratio: null, minSamples: 50 },
  isPromotedAtEnd: true,
  isPaused: false,
};

type Props = {
  plan: RolloutPlan;
  /** Shown at its field. */
  fault: PlanFault | null;
  onChange: (plan: RolloutPlan) => void;
};

function Steps({ plan, fault, onChange }: Props) {
  const { steps } = plan;
  const faultId = useId();
  const put = (index: number, change: Partial<RolloutPlan["steps"][number]>) =>
    onChange({ ...plan, steps: steps.map((step, i) => (i === index ? { ...step, ...change } : step)) });
  const fieldOf = (index: number, name: keyof RolloutPlan["steps"][number]) =>
    fault?.at === `steps.${index}.${name}`
      ? { "aria-invalid": true as const, "aria-describedby": faultId }
      : {};
  const isFaultOf = (index: number) => fault?.at.startsWith(`steps.${index}.`);
  const words = (className?: string) => (
    <p id={faultId} role="alert" className={cx("text-bad text-sm", className)}>
      {fault?.words}
    </p>
  );
  const last = steps.at(-1);
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 font-medium">Goes up to</legend>
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
        <div key={index} className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="num w-4 text-faint text-sm">{index + 1}</span>
          <NumberInput
            aria-label={`Share of step ${index + 1}`}
            unit="%"
            value={step.percentTraffic}
            onValueChange={(value) => put(index, { percentTraffic: value ?? 0 })}
            className="w-20"
            {...fieldOf(index, "percentTraffic")}
          />
          <span className="text-muted text-sm">for</span>
          <NumberInput
            aria-label={`Minutes of step ${index + 1}`}
            unit="min"
            value={step.minutes}
            onValueChange={(value) => put(index, { minutes: value ?? 0 })}
            className="w-24"
            {...fieldOf(index, "minutes")}
          />
          {steps.length > 1 ? (
            <IconButton
              label={`Remove step ${index + 1}`}
              onClick={() => onChange({ ...plan, steps: steps.filter((_, i) => i !== index) })}
            >
              <Trash2 />
            </IconButton>
          ) : null}
          {isFaultOf(index) ? words("w-full pl-6") : null}
        </div>
      ))}
      {fault?.at === "steps" ? words() : null}
      {last && last.percentTraffic < 100 && steps.length < 20 ? (
        <Button
          variant="ghost"
          className="-ml-2 self-start"
          onClick={() => {
            const percentTraffic = Math.min(100, last.percentTraffic * 2);
            onChange({ ...plan, steps: [...steps, { percentTraffic, minutes: last.minutes }] });
          }}
        >
          <Plus /> Add a step
        </Button>
      ) : null}
    </fieldset>
  );
}

/** Steps a canary goes up in, and what it must keep to on the way. */
export function PlanFields({ plan, fault, onChange }: Props) {
  const { guardrails } = plan;
  const guard = (change: Partial<RolloutPlan["guardrails"]>) =>
    onChange({ ...plan, guardrails: { ...guardrails, ...change } });
  const errorOf = (name: keyof RolloutPlan["guardrails"]) =>
    fault?.at === `guardrails.${name}` ? fault.words : null;
  return (
    <div className="flex flex-col gap-4">
      <Steps plan={plan} fault={fault} onChange={onChange} />
      <fieldset className="grid grid-cols-[repeat(auto-fill,minmax(128px,1fr))] gap-3">
        <legend className="mb-1 font-medium">Aborted by itself beyond</legend>
        <Field label="5xx answers above" error={errorOf("maxErrorPercent")}>
          <NumberInput
            unit="%"
            placeholder="any"
            value={guardrails.maxErrorPercent}
            onValueChange={(maxErrorPercent) => guard({ maxErrorPercent })}
          />
        </Field>
        <Field label="p95 latency above" error={errorOf("maxP95Ms")}>
          <NumberInput
            unit="ms"
            placeholder="any"
            value={guardrails.maxP95Ms}
            onValueChange={(maxP95Ms) => guard({ maxP95Ms })}
          />
        </Field>
        <Field label="5xx beside production" error={errorOf("maxErrorRatio")}>
          <NumberInput
            unit="times"
            placeholder="any"
            value={guardrails.maxErrorRatio}
            onValueChange={(maxErrorRatio) => guard({ maxErrorRatio })}
          />
        </Field>
        <Field label="p95 beside production" error={errorOf("maxP95Ratio")}>
          <NumberInput
            unit="times"
            placeholder="any"
            value={guardrails.maxP95Ratio}
            onValueChange={(maxP95Ratio) => guard({ maxP95Ratio })}
          />
        </Field>
        <Field label="Judged from" error={errorOf("minSamples")}>
          <NumberInput
            unit="requests"
            value={guardrails.minSamples}
            onValueChange={(minSamples) => guard({ minSamples: minSamples ?? 0 })}
          />
        </Field>
      </fieldset>
      <p className="-mt-2 text-faint text-sm">
        While there are fewer requests, or more errors may be chance, the verdict is inconclusive and the step
        goes on.
      </p>
      <Checkbox
        checked={plan.isPromotedAtEnd}
        onCheckedChange={(isPromotedAtEnd) => onChange({ ...plan, isPromotedAtEnd })}
        label="Promote when the last step is through"
        help="Otherwise the canary waits there for you."
      />
    </div>
  );
}
