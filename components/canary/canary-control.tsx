"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useRefreshApi } from "../api/use-api";
import { NodeConfirmation } from "../deployment/node-confirmation";
import { useCan } from "../shell/session";
import { useSavableForm } from "../stage/panel/stage-panel";
import type { Stage } from "../stage/use-stage-changes";
import { failureOf } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Section } from "../ui/section";
import { Switch } from "../ui/switch";
import { type CanaryEdits, type CanaryValues, changesOf, editsAfter, withEdit } from "./canary-edits";
import { PromoteDialog, RemoveDialog } from "./end-dialogs";
import { OVERRIDE_VALUE, OverridesTable } from "./overrides-table";
import { ShareBar, ShareSlider } from "./share-slider";
import { StickyField } from "./sticky-field";

type Canary = NonNullable<Stage["config"]["canary"]>;

const valuesOf = ({
  percentTraffic,
  sticky,
  useStageCache,
  stageVariableOverrides = {},
}: Canary): CanaryValues => ({ percentTraffic, sticky, useStageCache, stageVariableOverrides });

function cacheWords(isUsed: boolean, isSameDeployment: boolean): string {
  if (!isUsed) return "Every request of the canary goes to the back end.";
  return isSameDeployment
    ? "It serves the stage's own deployment: both sides share what is kept."
    : "Its answers are kept apart from those of the stage's own deployment.";
}

/** Share, rule and variables of a running canary, and the two ways it ends. */
export function CanaryControl({
  apiId,
  stage,
  canary,
  isRolling,
}: {
  apiId: string;
  stage: Stage;
  canary: Canary;
  /** Steps are running: setting the share by hand ends them. */
  isRolling: boolean;
}) {
  const trpc = useTRPC();
  const can = useCan();
  const canWrite = can("stage:write");
  const refresh = useRefreshApi(apiId);
  const [edited, setEdited] = useState<CanaryEdits>({});
  const [asking, setAsking] = useState<"promote" | "remove" | null>(null);
  const update = useMutation(
    trpc.canary.update.mutationOptions({
      onSuccess: async (_, { changes }) => {
        await refresh();
        setEdited((now) => editsAfter(now, changes));
      },
    }),
  );
  const saved = valuesOf(canary);
  const value = { ...saved, ...edited };
  const changes = changesOf(edited, saved);
  const isDirty = Object.keys(changes).length > 0;
  const hasBadValue = Object.values(value.stageVariableOverrides).some((text) => !OVERRIDE_VALUE.test(text));
  const set = (change: CanaryEdits) => {
    if (update.isSuccess || update.isError) update.reset();
    setEdited((now) => withEdit(now, change, { saved, isSaving: update.isPending }));
  };
  const discard = () => {
    setEdited({});
    update.reset();
  };
  const save = () => update.mutate({ apiId, stageName: stage.name, changes });
  useSavableForm({ isDirty, canSave: isDirty && !hasBadValue && !update.isPending, save });
  const numbers = {
    production: stage.deployment.number,
    canary: stage.canaryDeployment?.number ?? 0,
  };
  return (
    <Section
      title="Canary"
      aside={
        <>
          {canWrite ? (
            <Button size="sm" variant="danger" onClick={() => setAsking("remove")}>
              Abort…
            </Button>
          ) : null}
          {can("api:deploy") ? (
            <Button size="sm" variant={isDirty ? "default" : "primary"} onClick={() => setAsking("promote")}>
              Promote…
            </Button>
          ) : null}
        </>
      }
    >
      <div className="flex flex-col gap-5 p-3.5">
        <div className="flex flex-col gap-2">
          <ShareBar {...numbers} share={value.percentTraffic} />
          {canWrite ? (
            <ShareSlider
              value={value.percentTraffic}
              onValueChange={(percentTraffic) => set({ percentTraffic })}
            />
          ) : null}
          {isRolling && changes.percentTraffic !== undefined ? (
            <p className="text-sm text-warn">Saving this ends the steps: the share stays as you set it.</p>
          ) : null}
        </div>
        {canWrite ? <StickyField value={value.sticky} onChange={(sticky) => set({ sticky })} /> : null}
        {stage.config.cacheClusterEnabled ? (
          <div>
            <Switch
              checked={value.useStageCache}
              disabled={!canWrite}
              onCheckedChange={(useStageCache) => set({ useStageCache })}
              label="Use the stage's cache"
            />
            <p className="text-faint text-sm">
              {cacheWords(value.useStageCache, canary.deploymentId === stage.deployment.id)}
            </p>
          </div>
        ) : null}
        <div className="flex flex-col gap-2">
          <span className="font-medium">Variables the canary sees</span>
          <OverridesTable
            variables={stage.config.variables}
            value={value.stageVariableOverrides}
            onChange={(stageVariableOverrides) => set({ stageVariableOverrides })}
            readOnly={!canWrite}
          />
        </div>
      </div>
      {canWrite && (isDirty || update.data || update.error) ? (
        <div className="flex min-h-12 flex-wrap items-center gap-3 border-line border-t px-3.5 py-2">
          <div className="min-w-0 flex-1 text-sm">
            {update.error ? (
              <p role="alert" className="text-bad">
                {failureOf(update.error).message}
              </p>
            ) : isDirty ? (
              <p className={hasBadValue ? "text-bad" : "text-muted"}>
                {hasBadValue ? "A value may have A-Z a-z 0-9 - . _ ~ : / ? # & = ," : "Not saved yet"}
              </p>
            ) : update.data ? (
              <NodeConfirmation configChangeId={update.data.configChangeId} verb="Saved, live" />
            ) : null}
          </div>
          {isDirty ? (
            <>
              <Button variant="ghost" disabled={update.isPending} onClick={discard}>
                Discard
              </Button>
              <Button variant="primary" pending={update.isPending} disabled={hasBadValue} onClick={save}>
                Save
              </Button>
            </>
          ) : null}
        </div>
      ) : null}
      {asking === "promote" ? (
        <PromoteDialog apiId={apiId} stage={stage} canary={canary} onClose={() => setAsking(null)} />
      ) : null}
      {asking === "remove" ? (
        <RemoveDialog apiId={apiId} stage={stage} canary={canary} onClose={() => setAsking(null)} />
      ) : null}
    </Section>
  );
}
