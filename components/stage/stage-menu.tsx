"use client";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { useRefreshApi } from "../api/use-api";
import { useCan } from "../shell/session";
import { failureOf } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/overlay/confirm-dialog";
import type { Stage } from "./use-stage-changes";

/** What is done to a stage as a whole. Deleting a stage cannot be undone: its settings go, its deployments stay. */
export function StageMenu({ apiId, stage }: { apiId: string; stage: Stage }) {
  const trpc = useTRPC();
  const router = useRouter();
  const can = useCan();
  const refresh = useRefreshApi(apiId);
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.stage.delete.mutationOptions({
      onSuccess: () => {
        router.push(`/apis/${apiId}/stages`);
        toast(`Stage ${stage.name} is deleted`, { description: "Its deployments are kept." });
        return refresh();
      },
    }),
  );
  const flush = useMutation(
    trpc.stage.flushAuthorizers.mutationOptions({
      onSuccess: () =>
        toast("The authorizers' decisions are forgotten", {
          description: `${stage.name} asks them anew for each caller.`,
        }),
      onError: (error) => toast.error(failureOf(error).message),
    }),
  );
  if (!can("stage:write")) return null;
  return (
    <>
      <Button
        variant="ghost"
        className="max-md:hidden"
        pending={flush.isPending}
        onClick={() => flush.mutate({ apiId, stageName: stage.name })}
      >
        Ask authorizers anew
      </Button>
      <Button variant="ghost" className="max-md:hidden" onClick={() => setAsking(true)}>
        Delete stage
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Delete stage ${stage.name}?`}
        action="Delete the stage"
        typeToConfirm={stage.name}
        pending={remove.isPending}
        error={remove.error ? failureOf(remove.error).message : null}
        onConfirm={() => remove.mutate({ apiId, stageName: stage.name })}
      >
        {stage.invokeUrls.path} stops answering at once, and its variables, limits and log settings are lost.
        The deployments stay and can be served by another stage.
      </ConfirmDialog>
    </>
  );
}
