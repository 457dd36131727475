"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Split } from "lucide-react";
import { useState } from "react";
import type { CanarySettings } from "@/server/gateway/snapshot/canary-settings";
import { useRefreshApi } from "../api/use-api";
import { useCan } from "../shell/session";
import type { Stage } from "../stage/use-stage-changes";
import { failureOf } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Section } from "../ui/section";
import { Select } from "../ui/select";
import { EmptyState } from "../ui/state/empty-state";
import { Notice } from "../ui/state/notice";
import { OverridesTable } from "./overrides-table";
import { ShareBar, ShareSlider } from "./share-slider";
import { StickyField } from "./sticky-field";

const DRAFT = "draft";

/** No canary yet: what one is for, and the way to begin. */
export function StartCanary({ apiId, stage }: { apiId: string; stage: Stage }) {
  const canDeploy = useCan()("api:deploy");
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <StartForm apiId={apiId} stage={stage} onCancel={() => setOpen(false)} />;
  return (
    <Section title="Canary">
      <EmptyState
        icon={<Split />}
        title="No canary"
        actions={
          canDeploy ? (
            <Button variant="primary" onClick={() => setOpen(true)}>
              Start a canary
            </Button>
          ) : null
        }
        className="py-10"
      >
        A canary sends a small share of this stage&apos;s requests to another deployment, with variables of
        its own. Compare the two under real traffic, then promote it, or take it away: the stage serves #
        {stage.deployment.number} all the while.
        {canDeploy ? null : <p className="mt-2">Who may deploy can start one.</p>}
      </EmptyState>
    </Section>
  );
}

function StartForm({ apiId, stage, onCancel }: { apiId: string; stage: Stage; onCancel: () => void }) {
  const trpc = useTRPC();
  const refresh = useRefreshApi(apiId);
  const deployments = useQuery(trpc.deployment.list.queryOptions({ apiId }));
  const others = (deployments.data ?? []).filter(({ id }) => id !== stage.deployment.id);
  const [chosen, setChosen] = useState<string | null>(null);
  const [share, setShare] = useState(5);
  const [sticky, setSticky] = useState<CanarySettings["sticky"]>(null);
  const [overrides, setOverrides] = useState<Record<string, string>>({});
  const start = useMutation(trpc.canary.start.mutationOptions({ onSuccess: () => refresh() }));
  const deploy = useMutation(trpc.canary.deploy.mutationOptions({ onSuccess: () => refresh() }));
  const source = chosen ?? (stage.inSync ? (others[0]?.id ?? DRAFT) : DRAFT);
  const next = (deployments.data?.[0]?.number ?? 0) + 1;
  const number = others.find(({ id }) => id === source)?.number ?? next;
  const error = start.error ?? deploy.error;
  const begin = () => {
    const stageVariableOverrides = Object.keys(overrides).length > 0 ? overrides : undefined;
    const settings = { percentTraffic: share, sticky, stageVariableOverrides };
    const name = { apiId, stageName: stage.name };
    if (source === DRAFT) deploy.mutate({ ...name, canary: settings });
    else start.mutate({ ...name, canary: { ...settings, deploymentId: source } });
  };
  return (
    <Section title="Start a canary" aside={`beside #${stage.deployment.number} on ${stage.name}`}>
      <div className="flex max-w-[720px] flex-col gap-5 p-3.5">
        {error ? <Notice tone="bad">{failureOf(error).message}</Notice> : null}
        <Field label="The canary serves">
          <Select
            value={source}
            onValueChange={setChosen}
            options={[
              { value: DRAFT, label: `The draft, as deployment #${next}` },
              ...others.map(({ id, number: n, description }) => ({
                value: id,
                label: `#${n} ${description || "no description"}`,
              })),
            ]}
          />
        </Field>
        <div className="flex flex-col gap-2">
          <span className="font-medium">Share of the traffic</span>
          <ShareSlider value={share} onValueChange={setShare} />
          <ShareBar production={stage.deployment.number} canary={number} share={share} />
        </div>
        <StickyField value={sticky} onChange={setSticky} />
        <div className="flex flex-col gap-2">
          <span className="font-medium">Variables the canary sees</span>
          <OverridesTable variables={stage.config.variables} value={overrides} onChange={setOverrides} />
        </div>
      </div>
      <div className="flex justify-end gap-2 border-line border-t px-3.5 py-2.5">
        <Button variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
        <Button variant="primary" pending={start.isPending || deploy.isPending} onClick={begin}>
          Start with {share} %
        </Button>
      </div>
    </Section>
  );
}
