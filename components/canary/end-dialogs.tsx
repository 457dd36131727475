"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { useRefreshApi } from "../api/use-api";
import { DiffList, DiffSummary } from "../deployment/diff-list";
import type { Stage } from "../stage/use-stage-changes";
import { failureOf } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { ConfirmDialog } from "../ui/overlay/confirm-dialog";
import { Dialog } from "../ui/overlay/dialog";
import { Notice } from "../ui/state/notice";
import { SkeletonRows } from "../ui/state/skeleton";
import { overrideRows, percent } from "./canary-words";

type Props = {
  apiId: string;
  stage: Stage;
  canary: NonNullable<Stage["config"]["canary"]>;
  onClose: () => void;
};

/** Makes the canary the stage, after showing what changes for everybody. */
export function PromoteDialog({ apiId, stage, canary, onClose }: Props) {
  const trpc = useTRPC();
  const refresh = useRefreshApi(apiId);
  const [isKept, setKept] = useState(false);
  const compare = useQuery(
    trpc.deployment.compare.queryOptions({ apiId, fromId: stage.deployment.id, toId: canary.deploymentId }),
  );
  const number = stage.canaryDeployment?.number ?? 0;
  const promote = useMutation(
    trpc.canary.promote.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast(`${stage.name} serves #${number}`);
        onClose();
      },
    }),
  );
  const variables = overrideRows(stage.config.variables, canary.stageVariableOverrides ?? {}).filter(
    ({ state }) => state !== "same",
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title={`Promote the canary on ${stage.name}?`}
      description={`Every request goes to #${number} from then on${canary.percentTraffic < 100 ? `, not only ${percent(canary.percentTraffic)}` : ""}. #${stage.deployment.number} can be served again at any time.`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            pending={promote.isPending}
            onClick={() => promote.mutate({ apiId, stageName: stage.name, isRemoved: !isKept })}
          >
            Promote #{number}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {promote.error ? <Notice tone="bad">{failureOf(promote.error).message}</Notice> : null}
        <section aria-label="What changes for callers" className="rounded-md border border-line">
          <h3 className="flex border-line border-b px-3 py-1.5 font-semibold text-sm">
            What changes for callers
            <span className="ml-auto font-normal">
              {compare.data ? <DiffSummary changes={compare.data} /> : null}
            </span>
          </h3>
          <div className="max-h-[32vh] overflow-y-auto">
            {compare.error ? <p className="p-3 text-bad">{failureOf(compare.error).message}</p> : null}
            {compare.data ? (
              <DiffList changes={compare.data} empty="Nothing: both deployments have the same content." />
            ) : compare.error ? null : (
              <SkeletonRows rows={3} columns={[60, 20]} />
            )}
          </div>
        </section>
        <section aria-label="Variables taken over" className="rounded-md border border-line">
          <h3 className="border-line border-b px-3 py-1.5 font-semibold text-sm">Variables taken over</h3>
          {variables.length === 0 ? (
            <p className="px-3 py-2 text-muted">None: the canary sees the stage&apos;s own.</p>
          ) : (
            <ul className="px-3 py-1.5">
              {variables.map(({ name, stageValue, value }) => (
                <li key={name} className="mono flex flex-wrap gap-x-2 py-0.5">
                  <span className="font-medium">{name}</span>
                  {stageValue === null ? null : <s className="text-muted">{stageValue}</s>}
                  <span className="text-ok">{value}</span>
                </li>
              ))}
            </ul>
          )}
        </section>
        <Checkbox
          checked={isKept}
          onCheckedChange={setKept}
          label="Keep the canary at 0 %"
          help="As AWS does. Otherwise the stage has no canary afterwards."
        />
      </div>
    </Dialog>
  );
}

/** Takes the canary away. */
export function RemoveDialog({ apiId, stage, canary, onClose }: Props) {
  const trpc = useTRPC();
  const refresh = useRefreshApi(apiId);
  const remove = useMutation(
    trpc.canary.remove.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast(`The canary on ${stage.name} is gone`);
        onClose();
      },
    }),
  );
  const overrides = Object.keys(canary.stageVariableOverrides ?? {});
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Abort the canary on ${stage.name}?`}
      action="Abort the canary"
      pending={remove.isPending}
      onConfirm={() => remove.mutate({ apiId, stageName: stage.name })}
      error={remove.error ? failureOf(remove.error).message : null}
    >
      <p>
        The {percent(canary.percentTraffic)} of requests that go to #{stage.canaryDeployment?.number} go to #
        {stage.deployment.number} again, at once. The deployment stays.
      </p>
      {overrides.length > 0 ? (
        <p className="mt-2">
          Its own {overrides.length === 1 ? "variable is" : "variables are"} forgotten:{" "}
          <span className="mono">{overrides.join(", ")}</span>.
        </p>
      ) : null}
    </ConfirmDialog>
  );
}
