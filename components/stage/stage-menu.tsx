"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { ArrowUpRight, ChevronDown, RefreshCw, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { useRefreshApi } from "../api/use-api";
import { useCan } from "../shell/session";
import { failureOf } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/overlay/confirm-dialog";
import { DropdownMenu, MenuItem, MenuSeparator } from "../ui/overlay/dropdown-menu";
import { PromoteDialog } from "./promotion/promote-dialog";
import { isUsed, UseList } from "./use-list";
import type { Stage } from "./use-stage-changes";

/** What is done to a stage as a whole. */
export function StageMenu({ apiId, stage }: { apiId: string; stage: Stage }) {
  const trpc = useTRPC();
  const can = useCan();
  const [asked, setAsked] = useState<"promote" | "delete" | null>(null);
  const close = () => setAsked(null);
  const flush = useMutation(
    trpc.stage.flushAuthorizers.mutationOptions({
      onSuccess: () =>
        toast("The authorizers' decisions are forgotten", {
          description: `${stage.name} asks them anew for each caller.`,
        }),
      onError: (error) => toast.error(failureOf(error).message),
    }),
  );
  return (
    <>
      {can("api:deploy") ? (
        <Button onClick={() => setAsked("promote")}>
          <ArrowUpRight /> Promote to…
        </Button>
      ) : null}
      {can("stage:write") ? (
        <DropdownMenu
          trigger={
            <Button variant="ghost" aria-label={`Actions for stage ${stage.name}`}>
              Stage <ChevronDown />
            </Button>
          }
        >
          <MenuItem onSelect={() => flush.mutate({ apiId, stageName: stage.name })}>
            <RefreshCw /> Ask authorizers anew
          </MenuItem>
          <MenuSeparator />
          <MenuItem danger onSelect={() => setAsked("delete")}>
            <Trash2 /> Delete stage
          </MenuItem>
        </DropdownMenu>
      ) : null}
      {asked === "promote" ? <PromoteDialog apiId={apiId} from={stage.name} onClose={close} /> : null}
      {asked === "delete" ? <DeleteDialog apiId={apiId} stage={stage} onClose={close} /> : null}
    </>
  );
}

/** Deleting a stage cannot be undone: its settings go, its deployments stay. What still points there is said first. */
function DeleteDialog({ apiId, stage, onClose }: { apiId: string; stage: Stage; onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const refresh = useRefreshApi(apiId);
  const name = { apiId, stageName: stage.name };
  const use = useQuery(trpc.stage.use.queryOptions(name));
  const remove = useMutation(
    trpc.stage.delete.mutationOptions({
      onSuccess: () => {
        router.push(`/apis/${apiId}/stages`);
        toast(`Stage ${stage.name} is deleted`, { description: "Its deployments are kept." });
        return refresh();
      },
    }),
  );
  const { canary } = stage.config;
  const isInUse = use.data === undefined || isUsed(use.data) || canary !== null;
  const error = remove.error ?? use.error;
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete stage ${stage.name}?`}
      action="Delete the stage"
      {...(isInUse ? { typeToConfirm: stage.name } : {})}
      pending={remove.isPending || use.isPending}
      error={error ? failureOf(error).message : null}
      onConfirm={() => remove.mutate({ ...name, force: true })}
    >
      <div className="flex flex-col gap-3">
        {use.data && isInUse ? (
          <div className="rounded-md border border-line bg-sunken px-3 py-2 text-ink">
            <h3 className="mb-1 font-semibold text-sm">Still used</h3>
            {isUsed(use.data) ? <UseList use={use.data} nobody="" /> : null}
            {canary ? <p>A canary with {canary.percentTraffic} % of its requests</p> : null}
          </div>
        ) : null}
        <p>
          {stage.invokeUrls.path} stops answering at once, and its variables, limits and log settings are
          lost.
          {use.data?.plans.length ? " It leaves its usage plans." : ""}
          {use.data?.domains.length ? " The domain names answer 403 there until they lead elsewhere." : ""}{" "}
          The deployments stay and can be served by another stage.
        </p>
      </div>
    </ConfirmDialog>
  );
}
