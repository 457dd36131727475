"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { limitStack } from "@/server/domain/limits/limit-stack";
import { LimitStack } from "../limit-stack/limit-stack";
import { planOnStage } from "../limit-stack/plan-on-stage";
import { Loaded } from "../shell/loaded";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Select } from "../ui/select";
import { Notice } from "../ui/state/notice";

type Stage = { apiId: string; stageName: string };
type Route = Answers["stage"]["methods"][number];

/** Whether a key opens a method of a stage, why, and the limits that would hold. */
export function CanCall({ keyId }: { keyId: string }) {
  const trpc = useTRPC();
  const apis = useQuery(trpc.api.list.queryOptions());
  return (
    <Loaded query={apis} skeleton={<div className="h-24" />}>
      {(list) => <OnAnyStage keyId={keyId} apis={list} />}
    </Loaded>
  );
}

function OnAnyStage({ keyId, apis }: { keyId: string; apis: Answers["api"]["list"] }) {
  const stages = apis.flatMap((api) =>
    api.stages.map((stage) => ({
      apiId: api.id,
      stageName: stage.name,
      label: `${api.name} / ${stage.name}`,
    })),
  );
  const [chosen, setChosen] = useState<string | null>(null);
  const stage = stages.find((one) => idOf(one) === chosen) ?? stages[0];
  return (
    <div className="flex flex-col gap-2">
      <Select
        aria-label="Stage to call"
        value={stage ? idOf(stage) : undefined}
        placeholder="No stage is deployed"
        disabled={!stage}
        onValueChange={setChosen}
        options={stages.map((one) => ({ value: idOf(one), label: one.label }))}
      />
      {stage ? (
        <OnStage key={idOf(stage)} keyId={keyId} stage={{ apiId: stage.apiId, stageName: stage.stageName }} />
      ) : null}
    </div>
  );
}

const idOf = ({ apiId, stageName }: Stage) => `${apiId}/${stageName}`;

function OnStage({ keyId, stage }: { keyId: string; stage: Stage }) {
  const trpc = useTRPC();
  const methods = useQuery(trpc.stage.methods.queryOptions(stage));
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Loaded query={methods} skeleton={<div className="h-24" />}>
      {(routes) => {
        // What asks for a key is what the question is about.
        const route =
          routes.find((one) => one.planKey === chosen) ??
          routes.find((one) => one.apiKeyRequired) ??
          routes[0];
        if (!route) return <p className="text-muted">The stage serves no method.</p>;
        return (
          <>
            <Select
              mono
              aria-label="Method to call"
              value={route.planKey}
              onValueChange={setChosen}
              options={routes.map((one) => ({ value: one.planKey, label: `${one.httpMethod} ${one.path}` }))}
            />
            <Verdict keyId={keyId} stage={stage} route={route} />
          </>
        );
      }}
    </Loaded>
  );
}

function Verdict({ keyId, stage, route }: { keyId: string; stage: Stage; route: Route }) {
  const trpc = useTRPC();
  const verdict = useQuery(
    trpc.apiKey.canCall.queryOptions({ ...stage, keyId, method: route.planKey }, { refetchInterval: 5_000 }),
  );
  return (
    <Loaded query={verdict} skeleton={<div className="h-16" />}>
      {({ canCall, why, change, besides, plan }) => (
        <>
          <Notice tone={canCall ? "ok" : "bad"} title={canCall ? "Yes, it can call" : "No, it is refused"}>
            <p>{why}</p>
            {change ? <p className="mt-1 text-ink">{change}</p> : null}
          </Notice>
          {besides.length > 0 ? (
            <ul className="list-disc pl-5 text-muted text-sm">
              {besides.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          ) : null}
          {plan || !route.apiKeyRequired ? <Limits stage={stage} route={route} plan={plan} /> : null}
        </>
      )}
    </Loaded>
  );
}

function Limits({
  stage,
  route,
  plan,
}: {
  stage: Stage;
  route: Route;
  plan: { id: string; name: string } | null;
}) {
  const trpc = useTRPC();
  const detail = useQuery(trpc.stage.get.queryOptions(stage));
  const plans = useQuery(trpc.usagePlan.list.queryOptions());
  const own = plans.data?.find(({ id }) => id === plan?.id);
  if (!detail.data || !plans.data) return null;
  const stack = limitStack({
    resourcePath: route.path,
    httpMethod: route.httpMethod,
    apiKeyRequired: route.apiKeyRequired,
    methodSettings: detail.data.config.methodSettings,
    plan: own ? planOnStage(own, stage) : null,
  });
  return (
    <details>
      <summary className="cursor-pointer rounded-sm text-accent text-sm hover:underline">
        The limits it meets there
      </summary>
      <div className="pt-2">
        <LimitStack
          stack={stack}
          place={{
            stageHref: `/apis/${stage.apiId}/stages/${encodeURIComponent(stage.stageName)}`,
            stageName: stage.stageName,
            plan,
          }}
        />
      </div>
    </details>
  );
}
