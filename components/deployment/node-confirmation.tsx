"use client";
import { useQuery } from "@tanstack/react-query";
import { Check, LoaderCircle, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useTRPC } from "../trpc/trpc";

/** Polls until every gateway node has taken in a change, and says so: nothing is called live before. */
export function NodeConfirmation({
  configChangeId,
  verb = "Live",
}: {
  configChangeId: string;
  verb?: string;
}) {
  const trpc = useTRPC();
  const { data } = useQuery({
    ...trpc.deployment.applied.queryOptions({ configChangeId }),
    refetchInterval: ({ state }) =>
      state.data && state.data.nodes > 0 && state.data.applied >= state.data.nodes ? false : 500,
  });
  if (data?.nodes === 0)
    return (
      <p role="status" className="flex items-center gap-2">
        <TriangleAlert className="size-4 text-warn" />
        <span>
          No gateway node is running. The change is stored and a node takes it in when it starts.{" "}
          <Link href="/nodes" className="text-accent underline underline-offset-2">
            Nodes
          </Link>
        </span>
      </p>
    );
  const isLive = data !== undefined && data.applied >= data.nodes;
  return (
    <p role="status" className="flex items-center gap-2">
      {isLive ? (
        <Check className="size-4 text-ok" strokeWidth={2.5} />
      ) : (
        <LoaderCircle className="size-4 animate-spin text-muted" />
      )}
      {isLive ? (
        <span className="num">
          {verb} on {data.applied}/{data.nodes} {data.nodes === 1 ? "node" : "nodes"}
        </span>
      ) : (
        <span className="num text-muted">
          Waiting for the gateway{data ? `: ${data.applied}/${data.nodes} nodes have it` : ""}
        </span>
      )}
    </p>
  );
}
