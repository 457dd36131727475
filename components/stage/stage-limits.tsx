"use client";
import { useQuery } from "@tanstack/react-query";
import { limitStack } from "@/server/domain/limits/limit-stack";
import type { MethodSettings } from "@/server/domain/stage/method-settings";
import { LimitStack } from "../limit-stack/limit-stack";
import { planOnStage } from "../limit-stack/plan-on-stage";
import { Loaded } from "../shell/loaded";
import { useSearchState } from "../shell/use-search-state";
import { useTRPC } from "../trpc/trpc";
import { Field } from "../ui/field";
import { Section } from "../ui/section";
import { Select } from "../ui/select";
import { EmptyState } from "../ui/state/empty-state";
import type { Stage } from "./use-stage-changes";

const NO_KEY = "none";

/** What the limits of stage, plan and account come to for a client of one method; with settings not saved yet, if any. */
export function StageLimits({
  apiId,
  stage,
  methodSettings,
  isSaved,
}: {
  apiId: string;
  stage: Stage;
  methodSettings: MethodSettings;
  isSaved: boolean;
}) {
  const trpc = useTRPC();
  const search = useSearchState();
  const name = { apiId, stageName: stage.name };
  const methods = useQuery(trpc.stage.methods.queryOptions(name));
  const plans = useQuery(trpc.usagePlan.list.queryOptions());
  const covering = (plans.data ?? []).flatMap((plan) => {
    const limited = planOnStage(plan, name);
    return limited ? [{ plan, limited }] : [];
  });
  return (
    <Section
      title="What a client gets"
      aside={
        isSaved ? (
          "By the deployment the stage serves"
        ) : (
          <span className="text-warn">With what is not saved yet</span>
        )
      }
      padded
    >
      <Loaded query={methods}>
        {(routes) => {
          const route = routes.find((one) => one.settingKey === search.get("limits-of")) ?? routes[0];
          if (!route) return <EmptyState title="The stage serves no method" className="py-8" />;
          const wanted = search.get("limits-with") ?? covering[0]?.plan.id;
          const chosen = covering.find(({ plan }) => plan.id === wanted);
          const stack = limitStack({
            resourcePath: route.path,
            httpMethod: route.httpMethod,
            apiKeyRequired: route.apiKeyRequired,
            methodSettings,
            plan: chosen?.limited ?? null,
          });
          return (
            <div className="flex flex-col gap-3">
              <div className="grid max-w-3xl gap-x-6 gap-y-3 sm:grid-cols-2">
                <Field label="Method">
                  <Select
                    mono
                    value={route.settingKey}
                    onValueChange={(key) => search.set({ "limits-of": key })}
                    options={routes.map((one) => ({
                      value: one.settingKey,
                      label: `${one.httpMethod} ${one.path}`,
                    }))}
                  />
                </Field>
                <Field label="Client">
                  <Select
                    value={chosen?.plan.id ?? NO_KEY}
                    onValueChange={(planId) => search.set({ "limits-with": planId })}
                    options={[
                      ...covering.map(({ plan }) => ({
                        value: plan.id,
                        label: `With a key of ${plan.name}`,
                      })),
                      { value: NO_KEY, label: "Without a key" },
                    ]}
                  />
                </Field>
              </div>
              <LimitStack
                stack={stack}
                place={{ stageHref: null, stageName: stage.name, plan: chosen?.plan ?? null }}
              />
            </div>
          );
        }}
      </Loaded>
    </Section>
  );
}
