"use client";
import { useQueryClient } from "@tanstack/react-query";
import { Download, Ellipsis, GitCompareArrows, RotateCcw, Trash2 } from "lucide-react";
import { toast } from "sonner";
import { useApi } from "../api/use-api";
import { saveFile } from "../shell/save-file";
import { useCan } from "../shell/session";
import { failureOf } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { CopyableId } from "../ui/copy-button";
import { IconButton } from "../ui/icon-button";
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from "../ui/overlay/dropdown-menu";
import type { RollbackTarget } from "./rollback-dialog";

export type Deployment = Answers["deployment"]["list"][number];

/** What is done with one deployment: compare, download, serve it on a stage, delete it. */
export function DeploymentMenu({
  apiId,
  deployment,
  deployments,
  onCompare,
  onServe,
  onDelete,
}: {
  apiId: string;
  deployment: Deployment;
  deployments: readonly Deployment[];
  onCompare: (toId: string) => void;
  onServe: (target: RollbackTarget) => void;
  onDelete: () => void;
}) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const can = useCan();
  const { data: api } = useApi(apiId);
  const { id: deploymentId, number } = deployment;
  const newest = deployments[0];
  const others = can("api:deploy")
    ? (api?.stages ?? []).filter((stage) => stage.deploymentId !== deploymentId)
    : [];
  const free = deployment.liveOn.length + deployment.canaryOn.length === 0;
  const download = (as: "snapshot" | "openapi") =>
    client
      .fetchQuery(trpc.deployment.download.queryOptions({ apiId, deploymentId, as }))
      .then(saveFile)
      .catch((error) => toast.error(failureOf(error).message));
  return (
    <DropdownMenu
      trigger={
        <IconButton label={`Actions for deployment ${number}`} size="sm">
          <Ellipsis />
        </IconButton>
      }
    >
      <MenuItem onSelect={() => onCompare("draft")}>
        <GitCompareArrows /> Compare with the draft
      </MenuItem>
      {newest && newest.id !== deploymentId ? (
        <MenuItem onSelect={() => onCompare(newest.id)}>
          <GitCompareArrows /> Compare with the latest
        </MenuItem>
      ) : null}
      <MenuSeparator />
      <MenuItem onSelect={() => download("snapshot")}>
        <Download /> Download the snapshot
      </MenuItem>
      <MenuItem onSelect={() => download("openapi")}>
        <Download /> Download as OpenAPI
      </MenuItem>
      {others.length > 0 ? (
        <>
          <MenuSeparator />
          <MenuLabel>Serve #{number} on</MenuLabel>
        </>
      ) : null}
      {others.map((stage) => {
        const { name } = stage;
        const from = { id: stage.deploymentId, number: stage.deploymentNumber };
        return (
          <MenuItem key={name} onSelect={() => onServe({ apiId, stageName: name, from, to: deployment })}>
            <RotateCcw /> {name}
            <span className="ml-auto pl-4 text-faint text-sm">
              {number < from.number ? "back from" : "up from"} #{from.number}
            </span>
          </MenuItem>
        );
      })}
      {can("api:deploy") ? (
        <>
          <MenuSeparator />
          <MenuItem danger={free} disabled={!free} onSelect={onDelete}>
            <Trash2 />{" "}
            {free ? "Delete" : `Served by ${[...deployment.liveOn, ...deployment.canaryOn].join(", ")}`}
          </MenuItem>
        </>
      ) : null}
      <MenuSeparator />
      <div className="flex justify-between gap-4 px-2 py-1 text-faint text-sm">
        Hash <CopyableId id={deployment.hash.slice(0, 12)} label="hash" />
      </div>
    </DropdownMenu>
  );
}
