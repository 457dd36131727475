"use client";
import { useMutation } from "@tanstack/react-query";
import { toast } from "sonner";
import { useRefreshApi } from "../api/use-api";
import { failureOf } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { ConfirmDialog } from "../ui/overlay/confirm-dialog";

/** A deployment that no stage and no canary serves, and that nobody will be able to go back to. */
export function DeleteDeploymentDialog({
  apiId,
  deployment,
  onClose,
}: {
  apiId: string;
  deployment: { id: string; number: number };
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const refresh = useRefreshApi(apiId);
  const remove = useMutation(
    trpc.deployment.delete.mutationOptions({
      onSuccess: () => {
        toast(`Deployment #${deployment.number} is deleted`);
        onClose();
        return refresh();
      },
    }),
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete deployment #${deployment.number}?`}
      action="Delete the deployment"
      pending={remove.isPending}
      error={remove.error ? failureOf(remove.error).message : null}
      onConfirm={() => remove.mutate({ apiId, deploymentId: deployment.id })}
    >
      Nothing serves it. Its snapshot is lost: stages cannot go back to it. Download it first if it may be
      needed.
    </ConfirmDialog>
  );
}
