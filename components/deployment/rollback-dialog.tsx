"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRefreshApi } from "../api/use-api";
import { failureOf } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Dialog } from "../ui/overlay/dialog";
import { Notice } from "../ui/state/notice";
import { SkeletonRows } from "../ui/state/skeleton";
import { DiffList, DiffSummary } from "./diff-list";
import { NodeConfirmation } from "./node-confirmation";

export type RollbackTarget = {
  apiId: string;
  stageName: string;
  /** What the stage serves now, and what it shall serve. */
  from: { id: string; number: number };
  to: { id: string; number: number };
};

/** Points a stage at another deployment, after showing what changes for its callers. */
export function RollbackDialog({ target, onClose }: { target: RollbackTarget; onClose: () => void }) {
  const { apiId, stageName, from, to } = target;
  const trpc = useTRPC();
  const refresh = useRefreshApi(apiId);
  const compare = useQuery(trpc.deployment.compare.queryOptions({ apiId, fromId: from.id, toId: to.id }));
  const rollback = useMutation(trpc.stage.rollback.mutationOptions({ onSuccess: () => refresh() }));
  const isBack = to.number < from.number;
  const verb = isBack ? "Roll back" : "Move";
  if (rollback.data)
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title={`${stageName} serves #${to.number}`}
        width="sm"
        footer={
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        }
      >
        <NodeConfirmation configChangeId={rollback.data.configChangeId} />
      </Dialog>
    );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title={`${verb} ${stageName} to #${to.number}?`}
      description={`${stageName} serves #${from.number} now. Its variables and limits stay as they are, and the draft is not touched.`}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button
            variant="primary"
            pending={rollback.isPending}
            onClick={() => rollback.mutate({ apiId, stageName, deploymentId: to.id })}
          >
            {verb} to #{to.number}
          </Button>
        </>
      }
    >
      {rollback.error ? (
        <Notice tone="bad" className="mb-3">
          {failureOf(rollback.error).message}
        </Notice>
      ) : null}
      {compare.error ? <Notice tone="bad">{failureOf(compare.error).message}</Notice> : null}
      {compare.data ? (
        <section aria-label="What changes for callers" className="rounded-md border border-line">
          <h3 className="flex border-line border-b px-3 py-1.5 font-semibold text-sm">
            What changes {isBack ? "back" : ""} for callers
            <span className="ml-auto font-normal">
              <DiffSummary changes={compare.data} />
            </span>
          </h3>
          <div className="max-h-[46vh] overflow-y-auto">
            <DiffList changes={compare.data} empty="Nothing: both deployments have the same content." />
          </div>
        </section>
      ) : compare.error ? null : (
        <SkeletonRows rows={4} columns={[60, 20]} />
      )}
    </Dialog>
  );
}
