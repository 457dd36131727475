"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { methodRoutes } from "@/server/domain/stage/method-routes";
import { useApi } from "../api/use-api";
import { useCan } from "../shell/session";
import { failureOf } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { NumberInput } from "../ui/number-input";
import { Drawer } from "../ui/overlay/drawer";
import { Notice } from "../ui/state/notice";
import { SkeletonRows } from "../ui/state/skeleton";
import { Switch } from "../ui/switch";
import { Table, Td, Th } from "../ui/table";
import { Verb } from "../ui/verb";
import { throttleWords } from "./limit-words";
import { useRefreshPlans } from "./use-refresh-plans";

type Plan = Answers["usagePlan"]["get"];
type Limits = { rate: number | null; burst: number | null; shadow: boolean };

const NO_LIMITS: Limits = { rate: null, burst: null, shadow: false };

const isHalf = ({ rate, burst }: Limits) => (rate === null) !== (burst === null);

/** Limits per key for single methods of one stage; empty follows the plan. */
export function MethodThrottleDrawer({
  plan,
  stage,
  onClose,
}: {
  plan: Plan;
  stage: Plan["stages"][number];
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const readOnly = !useCan()("plan:write");
  const refresh = useRefreshPlans();
  const { data: api } = useApi(stage.apiId);
  const [limits, setLimits] = useState<Record<string, Limits>>(() =>
    Object.fromEntries(
      Object.entries(stage.throttle).map(([key, { rateLimit, burstLimit, shadow = false }]) => [
        key,
        { rate: rateLimit, burst: burstLimit, shadow },
      ]),
    ),
  );
  const save = useMutation(
    trpc.usagePlan.attachStage.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onClose();
      },
    }),
  );
  const routes = api ? methodRoutes(api.definition) : null;
  const gone = Object.keys(limits).filter((key) => routes && !routes.some((route) => route.planKey === key));
  const half = Object.values(limits).some(isHalf);
  const submit = () =>
    save.mutate({
      planId: plan.id,
      apiId: stage.apiId,
      stageName: stage.stageName,
      throttle: Object.fromEntries(
        Object.entries(limits).flatMap(([key, { rate, burst, shadow }]) =>
          rate === null || burst === null
            ? []
            : [[key, { rateLimit: rate, burstLimit: Math.trunc(burst), shadow }]],
        ),
      ),
    });
  return (
    <Drawer
      open
      onOpenChange={onClose}
      width="lg"
      title={`Method limits on ${stage.apiName} / ${stage.stageName}`}
      description={`For each key of ${plan.name}. Empty follows the plan: ${throttleWords(plan.throttle)}.`}
      footer={
        readOnly ? null : (
          <>
            {half ? (
              <span className="mr-auto text-bad text-sm">Set both rate and burst, or neither</span>
            ) : null}
            <Button variant="ghost" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" pending={save.isPending} disabled={half} onClick={submit}>
              Save limits
            </Button>
          </>
        )
      }
    >
      {save.error ? (
        <Notice tone="bad" className="m-3.5">
          {failureOf(save.error).message}
        </Notice>
      ) : null}
      {routes ? (
        <Table label="Method limits">
          <thead>
            <tr>
              <Th>Method</Th>
              <Th>Rate</Th>
              <Th>Burst</Th>
              <Th>Shadow</Th>
            </tr>
          </thead>
          <tbody>
            {[
              ...routes,
              ...gone.map((key) => ({
                planKey: key,
                path: `${key.slice(0, key.lastIndexOf("/"))} (no longer in the draft)`,
                httpMethod: key.slice(key.lastIndexOf("/") + 1),
              })),
            ].map((route) => {
              const own = limits[route.planKey] ?? NO_LIMITS;
              const set = (change: Partial<Limits>) =>
                setLimits({ ...limits, [route.planKey]: { ...own, ...change } });
              const name = `${route.httpMethod} ${route.path}`;
              return (
                <tr key={route.planKey}>
                  <Td>
                    <Verb method={route.httpMethod} fixed />
                    <span className="mono">{route.path}</span>
                  </Td>
                  <Td className="w-36">
                    <NumberInput
                      aria-label={`Rate of ${name}`}
                      aria-invalid={isHalf(own) && own.rate === null ? true : undefined}
                      value={own.rate}
                      unit="per s"
                      readOnly={readOnly}
                      onValueChange={(rate) => set({ rate })}
                    />
                  </Td>
                  <Td className="w-36">
                    <NumberInput
                      aria-label={`Burst of ${name}`}
                      aria-invalid={isHalf(own) && own.burst === null ? true : undefined}
                      value={own.burst}
                      unit="at once"
                      readOnly={readOnly}
                      onValueChange={(burst) => set({ burst })}
                    />
                  </Td>
                  <Td className="w-16">
                    <Switch
                      aria-label={`Shadow mode of ${name}`}
                      checked={own.shadow}
                      disabled={readOnly || own.rate === null}
                      onCheckedChange={(shadow) => set({ shadow })}
                    />
                  </Td>
                </tr>
              );
            })}
          </tbody>
        </Table>
      ) : (
        <SkeletonRows columns={[46, 18, 18, 10]} />
      )}
    </Drawer>
  );
}
