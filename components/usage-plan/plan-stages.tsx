"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Gauge, X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { toast } from "sonner";
import { useCan } from "../shell/session";
import { failureOf } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { Section } from "../ui/section";
import { Select } from "../ui/select";
import { EmptyState } from "../ui/state/empty-state";
import { MethodThrottleDrawer } from "./method-throttle-drawer";
import { useRefreshPlans } from "./use-refresh-plans";

type Plan = Answers["usagePlan"]["get"];
type PlanStage = Plan["stages"][number];

const idOf = (stage: { apiId: string; stageName: string }) => `${stage.apiId}/${stage.stageName}`;

function AddStage({ plan }: { plan: Plan }) {
  const trpc = useTRPC();
  const refresh = useRefreshPlans();
  const apis = useQuery(trpc.api.list.queryOptions());
  const attach = useMutation(
    trpc.usagePlan.attachStage.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toast.error(failureOf(error).message),
    }),
  );
  const covered = new Set(plan.stages.map(idOf));
  const options = (apis.data ?? []).flatMap((api) =>
    api.stages
      .map((stage) => ({ apiId: api.id, stageName: stage.name, label: `${api.name} / ${stage.name}` }))
      .filter((stage) => !covered.has(idOf(stage))),
  );
  return (
    <Select
      aria-label="Add a stage"
      className="w-56"
      value={undefined}
      placeholder={options.length > 0 ? "Add a stage" : "No other stage is deployed"}
      disabled={options.length === 0 || attach.isPending}
      onValueChange={(value) => {
        const found = options.find((option) => idOf(option) === value);
        if (found) attach.mutate({ planId: plan.id, apiId: found.apiId, stageName: found.stageName });
      }}
      options={options.map((option) => ({ value: idOf(option), label: option.label }))}
    />
  );
}

/** The stages that the plan's keys open, each with limits of its own for methods. */
export function PlanStages({ plan }: { plan: Plan }) {
  const trpc = useTRPC();
  const canWrite = useCan()("plan:write");
  const refresh = useRefreshPlans();
  const [shown, setShown] = useState<PlanStage | null>(null);
  const detach = useMutation(
    trpc.usagePlan.detachStage.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toast.error(failureOf(error).message),
    }),
  );
  const attach = useMutation(trpc.usagePlan.attachStage.mutationOptions({ onSuccess: refresh }));
  const remove = (stage: PlanStage) => {
    const { apiId, stageName, throttle } = stage;
    detach.mutate(
      { planId: plan.id, apiId, stageName },
      {
        onSuccess: () =>
          toast(`${plan.name} no longer covers ${stage.apiName} / ${stageName}`, {
            duration: 30_000,
            action: {
              label: "Undo",
              onClick: () => attach.mutate({ planId: plan.id, apiId, stageName, throttle }),
            },
          }),
      },
    );
  };
  return (
    <Section title="Stages" aside={canWrite ? <AddStage plan={plan} /> : null}>
      {plan.stages.length === 0 ? (
        <EmptyState title="Covers no stage" className="py-8">
          A key opens only the stages of its plan. Add the stage of an API whose methods require a key.
        </EmptyState>
      ) : (
        <ul>
          {plan.stages.map((stage) => {
            const own = Object.keys(stage.throttle).length;
            return (
              <li
                key={idOf(stage)}
                className="flex min-h-9 items-center gap-2 border-line border-b px-3.5 py-1 last:border-0"
              >
                <Link
                  href={`/apis/${stage.apiId}/stages/${encodeURIComponent(stage.stageName)}`}
                  className="truncate rounded-xs hover:underline"
                >
                  {stage.apiName} / <span className="font-medium">{stage.stageName}</span>
                </Link>
                <Button size="sm" variant="ghost" className="ml-auto" onClick={() => setShown(stage)}>
                  <Gauge /> {own === 0 ? "Method limits" : `${own} method ${own === 1 ? "limit" : "limits"}`}
                </Button>
                {canWrite ? (
                  <IconButton
                    size="sm"
                    label={`Remove ${stage.apiName} / ${stage.stageName}`}
                    disabled={detach.isPending}
                    onClick={() => remove(stage)}
                  >
                    <X />
                  </IconButton>
                ) : null}
              </li>
            );
          })}
        </ul>
      )}
      {shown ? (
        <MethodThrottleDrawer key={idOf(shown)} plan={plan} stage={shown} onClose={() => setShown(null)} />
      ) : null}
    </Section>
  );
}
