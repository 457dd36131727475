"use client";
import { useQuery } from "@tanstack/react-query";
import { Server } from "lucide-react";
import Link from "next/link";
import { Gate } from "../shell/gate";
import { Loaded } from "../shell/loaded";
import { PageBody, PageHeader } from "../shell/page-header";
import { useSession } from "../shell/session";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { CopyableId } from "../ui/copy-button";
import { RelativeTime } from "../ui/relative-time";
import { EmptyState } from "../ui/state/empty-state";
import { Notice } from "../ui/state/notice";
import { StateLabel } from "../ui/state-dot";
import { Table, Td, Th } from "../ui/table";
import { rejectionKey, rejectionsOf } from "./rejections";

/** The processes that serve traffic: whether they live, and whether they have the newest configuration. */
export function NodeScreen() {
  const trpc = useTRPC();
  const { data: session } = useSession();
  const query = useQuery({ ...trpc.node.list.queryOptions(), refetchInterval: 2_000 });
  const alive = query.data?.filter((node) => node.isAlive).length ?? 0;
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Nodes" }]}
        states={
          query.data?.length ? (
            <StateLabel state={alive === query.data.length ? "live" : "failing"}>
              {alive} of {query.data.length} alive
            </StateLabel>
          ) : null
        }
      />
      <PageBody>
        <Gate permission="metrics:read">
          <Loaded query={query}>
            {(nodes) =>
              nodes.length === 0 ? (
                <EmptyState icon={<Server />} title="No gateway has reported in the last day">
                  <p className="mb-3">
                    The console edits and deploys; gateway nodes serve the calls.{" "}
                    <code className="mono">npm start</code> runs one beside the console.
                  </p>
                  <CodeBlock code="npm start" label="start command" className="text-left" />
                </EmptyState>
              ) : (
                <div className="flex flex-col gap-4">
                  {nodes.flatMap((node) =>
                    rejectionsOf(node.rejected).map((rejection) => (
                      <Notice
                        key={`${node.id}-${rejectionKey(rejection)}`}
                        tone="bad"
                        title={`${node.address} refuses ${rejection.isCanary ? "the canary" : "a deployment"} of stage ${rejection.subject}`}
                        actions={
                          rejection.apiId ? (
                            <Button size="sm" asChild>
                              <Link
                                href={`/apis/${rejection.apiId}/stages/${encodeURIComponent(rejection.subject)}`}
                              >
                                Open the stage
                              </Link>
                            </Button>
                          ) : null
                        }
                      >
                        {rejection.isCanary
                          ? "Every request goes to the stage's own deployment: "
                          : "It serves what it had: "}
                        {rejection.reason}
                      </Notice>
                    )),
                  )}
                  <div className="overflow-x-auto rounded-lg border border-line bg-surface">
                    <Table label="Gateway nodes">
                      <thead>
                        <tr>
                          <Th>Address</Th>
                          <Th>State</Th>
                          <Th>Workers</Th>
                          <Th>Configuration</Th>
                          <Th>Last report</Th>
                          <Th>Started</Th>
                          <Th>Id</Th>
                        </tr>
                      </thead>
                      <tbody className="[&>tr:last-child>td]:border-0">
                        {nodes.map((node) => (
                          <tr key={node.id}>
                            <Td className="mono">{node.address}</Td>
                            <Td>
                              <StateLabel state={node.isAlive ? "live" : "off"} className="text-ink">
                                {node.isAlive ? "alive" : "gone"}
                              </StateLabel>
                            </Td>
                            <Td className="num text-muted">{node.workers || "–"}</Td>
                            <Td>
                              {node.behind === 0 ? (
                                <span className="text-muted">up to date</span>
                              ) : (
                                <span className="num text-warn">
                                  {node.behind} {node.behind === 1 ? "change" : "changes"} behind
                                </span>
                              )}
                            </Td>
                            <Td className="whitespace-nowrap text-muted">
                              <RelativeTime at={node.seenAt} />
                            </Td>
                            <Td className="whitespace-nowrap text-muted">
                              <RelativeTime at={node.startedAt} />
                            </Td>
                            <Td>
                              <CopyableId id={node.id} label="node id" />
                            </Td>
                          </tr>
                        ))}
                      </tbody>
                    </Table>
                  </div>
                  <p className="text-muted text-sm">
                    Calls reach the gateway at{" "}
                    <CopyableId id={session?.gatewayUrl ?? ""} label="gateway URL" />. A node has a
                    configuration when all of its workers have it. One that is silent for ten seconds counts
                    as gone; it is forgotten after a day.
                  </p>
                </div>
              )
            }
          </Loaded>
        </Gate>
      </PageBody>
    </>
  );
}
