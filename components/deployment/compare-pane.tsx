"use client";
import { useQuery } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { Loaded } from "../shell/loaded";
import { useSearchState } from "../shell/use-search-state";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Select } from "../ui/select";
import { DiffList, DiffSummary } from "./diff-list";

type Deployment = Answers["deployment"]["list"][number];

/** The differences between any two deployments, or a deployment and the draft: `?from=…&to=draft`. */
export function ComparePane({ apiId, deployments }: { apiId: string; deployments: readonly Deployment[] }) {
  const trpc = useTRPC();
  const search = useSearchState();
  const known = (id: string | null) => deployments.some((deployment) => deployment.id === id);
  const wantedTo = search.get("to");
  const toId = wantedTo && known(wantedTo) ? wantedTo : "draft";
  const before = deployments[deployments.findIndex((deployment) => deployment.id === toId) + 1];
  const wantedFrom = search.get("from");
  const fromId = wantedFrom && known(wantedFrom) ? wantedFrom : (before ?? deployments[0])?.id;
  const compare = useQuery({
    ...trpc.deployment.compare.queryOptions({ apiId, fromId: fromId ?? "", toId }),
    enabled: fromId !== undefined,
  });
  const options = deployments.map((deployment) => ({
    value: deployment.id,
    label: `#${deployment.number}`,
    hint: deployment.liveOn.join(", ") || deployment.description.slice(0, 28),
  }));
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex min-h-11 flex-wrap items-center gap-2 border-line border-b px-3.5 py-2">
        <span className="text-muted">From</span>
        <Select
          aria-label="Compare from"
          value={fromId}
          onValueChange={(from) => search.set({ from })}
          options={options}
          className="w-24 shrink-0"
        />
        <ArrowRight className="size-3.5 text-faint" />
        <Select
          aria-label="Compare to"
          value={toId}
          onValueChange={(to) => search.set({ to })}
          options={[{ value: "draft", label: "Draft" }, ...options]}
          className="w-24 shrink-0"
        />
        <span className="ml-auto text-sm">
          {compare.data ? <DiffSummary changes={compare.data} /> : null}
        </span>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Loaded query={compare}>
          {(changes) => <DiffList changes={changes} empty="Both have exactly the same content." />}
        </Loaded>
      </div>
    </div>
  );
}
