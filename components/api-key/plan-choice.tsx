"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "../trpc/trpc";
import { Checkbox } from "../ui/checkbox";
import { quotaWords, throttleWords } from "../usage-plan/limit-words";

/** The plans a key shall be in, each with its limits. */
export function PlanChoice({
  chosen,
  onChange,
}: {
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}) {
  const trpc = useTRPC();
  const plans = useQuery(trpc.usagePlan.list.queryOptions());
  if (plans.data?.length === 0)
    return (
      <p className="text-muted">
        There is no usage plan yet, and a key opens nothing without one.{" "}
        <Link href="/usage-plans?new" className="text-accent underline underline-offset-2">
          Make a plan
        </Link>
      </p>
    );
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium">Usage plans</legend>
      <div className="flex max-h-56 flex-col gap-2.5 overflow-y-auto rounded-md border border-line p-2.5">
        {plans.data?.map((plan) => (
          <Checkbox
            key={plan.id}
            checked={chosen.includes(plan.id)}
            onCheckedChange={(on) =>
              onChange(on ? [...chosen, plan.id] : chosen.filter((id) => id !== plan.id))
            }
            label={plan.name}
            help={`${throttleWords(plan.throttle)} · ${quotaWords(plan.quota)} · ${
              plan.stages.map((stage) => `${stage.apiName} / ${stage.stageName}`).join(", ") ||
              "covers no stage"
            }`}
          />
        ))}
      </div>
    </fieldset>
  );
}
