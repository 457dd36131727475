"use client";
import { useQuery } from "@tanstack/react-query";
import { Activity } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ApiHeader } from "../api/api-header";
import { StageNodes } from "../node/stage-nodes";
import { Loaded } from "../shell/loaded";
import { PageBody } from "../shell/page-header";
import { useCan } from "../shell/session";
import { useSearchState } from "../shell/use-search-state";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { CopyableId } from "../ui/copy-button";
import { RelativeTime } from "../ui/relative-time";
import { EmptyState } from "../ui/state/empty-state";
import { StateLabel } from "../ui/state-dot";
import { Table, Td, Th, Tr } from "../ui/table";
import { PromoteDialog } from "./promotion/promote-dialog";

export function StageListScreen({ apiId }: { apiId: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const can = useCan();
  const search = useSearchState();
  const [promoted, setPromoted] = useState<string | null>(null);
  const query = useQuery(trpc.stage.list.queryOptions({ apiId }));
  const open = (name: string) => `/apis/${apiId}/stages/${encodeURIComponent(name)}`;
  return (
    <>
      <ApiHeader apiId={apiId} section="Stages" />
      <PageBody>
        <Loaded query={query}>
          {(stages) =>
            stages.length === 0 ? (
              <EmptyState
                icon={<Activity />}
                title="No stages yet"
                actions={
                  can("api:deploy") ? (
                    <Button variant="primary" onClick={() => search.set({ deploy: "" })}>
                      Deploy to a first stage
                    </Button>
                  ) : null
                }
              >
                A stage is an address that serves one deployment, such as dev or prod, with its own variables,
                limits and log. The first deployment makes it.
              </EmptyState>
            ) : (
              <div className="overflow-x-auto rounded-lg border border-line bg-surface">
                <Table label="Stages">
                  <thead>
                    <tr>
                      <Th>Stage</Th>
                      <Th>Serves</Th>
                      <Th>Against the draft</Th>
                      <Th>Since</Th>
                      <Th>Invoke URL</Th>
                      {can("api:deploy") ? (
                        <Th>
                          <span className="sr-only">Actions</span>
                        </Th>
                      ) : null}
                    </tr>
                  </thead>
                  <tbody className="[&>tr:last-child>td]:border-0">
                    {stages.map((stage) => (
                      <Tr key={stage.name} onOpen={() => router.push(open(stage.name))}>
                        <Td>
                          <Link href={open(stage.name)} className="font-medium hover:underline">
                            {stage.name}
                          </Link>
                          {stage.description ? (
                            <span className="block truncate text-faint text-sm">{stage.description}</span>
                          ) : null}
                        </Td>
                        <Td>
                          <span className="flex flex-wrap items-center gap-x-3">
                            <StateLabel state="live">deployment #{stage.deploymentNumber}</StateLabel>
                            <StageNodes apiId={apiId} stageName={stage.name} />
                          </span>
                          {stage.canaryPercent === null ? null : (
                            <StateLabel state="canary">canary {stage.canaryPercent} %</StateLabel>
                          )}
                        </Td>
                        <Td>
                          {stage.inSync ? (
                            <span className="text-muted">the same</span>
                          ) : (
                            <Link
                              href={`/apis/${apiId}/deployments?from=${stage.deploymentId}&to=draft`}
                              className="rounded-xs hover:underline"
                            >
                              <StateLabel state="draft">the draft is ahead</StateLabel>
                            </Link>
                          )}
                        </Td>
                        <Td className="whitespace-nowrap text-muted">
                          <RelativeTime at={stage.deployedAt} />
                        </Td>
                        <Td className="max-w-[380px]">
                          <CopyableId id={stage.invokeUrls.path} label="invoke URL" />
                        </Td>
                        {can("api:deploy") ? (
                          <Td className="text-right">
                            <Button size="sm" variant="ghost" onClick={() => setPromoted(stage.name)}>
                              Promote to…
                            </Button>
                          </Td>
                        ) : null}
                      </Tr>
                    ))}
                  </tbody>
                </Table>
              </div>
            )
          }
        </Loaded>
      </PageBody>
      {promoted === null ? null : (
        <PromoteDialog apiId={apiId} from={promoted} onClose={() => setPromoted(null)} />
      )}
    </>
  );
}
