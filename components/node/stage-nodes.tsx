"use client";
import { useQuery } from "@tanstack/react-query";
import { Check, LoaderCircle, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useTRPC } from "../trpc/trpc";
import { Notice } from "../ui/state/notice";

const LIVE_MS = 5_000;

/** "3/3 nodes" that serve a stage as it is set now, or what keeps the others from it. */
export function StageNodes({
  apiId,
  stageName,
  isPlain,
}: {
  apiId: string;
  stageName: string;
  /** Without a link, for use inside another control. */
  isPlain?: boolean;
}) {
  const trpc = useTRPC();
  const { data } = useQuery({ ...trpc.node.ofStages.queryOptions({ apiId }), refetchInterval: LIVE_MS });
  const stage = data?.find((one) => one.stageName === stageName);
  if (!stage) return null;
  const { nodes, applied, refusals } = stage;
  const isAll = nodes > 0 && applied === nodes;
  const Icon = isAll ? Check : refusals.length > 0 || nodes === 0 ? TriangleAlert : LoaderCircle;
  const words =
    nodes === 0
      ? "no node runs"
      : refusals.length > 0
        ? `${applied}/${nodes} nodes, refused by ${refusals.length}`
        : `${applied}/${nodes} ${nodes === 1 ? "node" : "nodes"}`;
  const content = (
    <>
      <Icon
        aria-hidden="true"
        className={
          isAll ? "size-3.5 text-ok" : Icon === TriangleAlert ? "size-3.5 text-warn" : "size-3.5 animate-spin"
        }
      />
      {words}
    </>
  );
  const className = "num inline-flex items-center gap-1 rounded-xs text-muted text-sm";
  const title = refusals.map(({ address, reason }) => `${address}: ${reason}`).join("\n") || undefined;
  return isPlain ? (
    <span className={className} title={title}>
      {content}
    </span>
  ) : (
    <Link href="/nodes" title={title} className={`${className} hover:underline`}>
      {content}
    </Link>
  );
}

/** What gateways would not take of a stage, each reason once. */
export function StageRefusals({ apiId, stageName }: { apiId: string; stageName: string }) {
  const trpc = useTRPC();
  const { data } = useQuery({ ...trpc.node.ofStages.queryOptions({ apiId }), refetchInterval: LIVE_MS });
  const refusals = data?.find((one) => one.stageName === stageName)?.refusals ?? [];
  const reasons = [...new Map(refusals.map((one) => [`${one.isCanary} ${one.reason}`, one])).values()];
  return reasons.map(({ isCanary, reason }) => {
    const by = refusals.filter((one) => one.isCanary === isCanary && one.reason === reason).length;
    return (
      <Notice
        key={`${isCanary} ${reason}`}
        tone="bad"
        title={`${by} ${by === 1 ? "node refuses" : "nodes refuse"} the ${isCanary ? "canary" : "deployment"} of ${stageName}`}
      >
        {isCanary
          ? "Every request goes to the stage's own deployment."
          : "The stage is served as it was before, or not at all on nodes that have started since."}{" "}
        <span className="mono break-words">{reason}</span>
      </Notice>
    );
  });
}
