"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { NodeConfirmation } from "../../deployment/node-confirmation";
import { Loaded } from "../../shell/loaded";
import { useCan } from "../../shell/session";
import { failureOf } from "../../trpc/failure";
import { useTRPC } from "../../trpc/trpc";
import { Button } from "../../ui/button";
import { Section } from "../../ui/section";
import { Skeleton } from "../../ui/state/skeleton";
import { useIsShown } from "../panel/stage-panel";

const MINUTES = 15;
const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div className="px-3.5 py-2.5">
      <dt className="text-muted text-sm">{name}</dt>
      <dd className="num font-semibold text-xl">{value}</dd>
    </div>
  );
}

/** How much of a stage's traffic its cache answers now, and the button that empties it. */
export function CacheActivity({ apiId, stageName }: { apiId: string; stageName: string }) {
  const trpc = useTRPC();
  const canWrite = useCan()("stage:write");
  const isShown = useIsShown();
  const query = useQuery({
    ...trpc.stage.metrics.queryOptions({ apiId, stageName, minutes: MINUTES }),
    refetchInterval: isShown ? 10_000 : false,
  });
  const flush = useMutation(trpc.stage.flushCache.mutationOptions());
  return (
    <Section
      title={`Last ${MINUTES} minutes`}
      aside={
        <>
          {flush.error ? (
            <span role="alert" className="text-bad">
              {failureOf(flush.error).message}
            </span>
          ) : flush.data ? (
            <NodeConfirmation configChangeId={flush.data.configChangeId} verb="Flushed" />
          ) : null}
          {canWrite ? (
            <Button
              size="sm"
              pending={flush.isPending}
              onClick={() => flush.mutate({ apiId, stageName })}
              title="Every kept answer is dropped; the next request for each goes to the back end"
            >
              Flush the cache
            </Button>
          ) : null}
        </>
      }
    >
      <Loaded query={query} skeleton={<Skeleton className="m-3.5 h-10" />}>
        {(points) => {
          const hits = points.reduce((sum, point) => sum + point.cacheHits, 0);
          const misses = points.reduce((sum, point) => sum + point.cacheMisses, 0);
          const ratio = hits + misses > 0 ? `${number.format((100 * hits) / (hits + misses))} %` : "–";
          return (
            <dl className="grid grid-cols-3 [&>*+*]:border-line [&>*+*]:border-l">
              <Figure name="Hit ratio" value={ratio} />
              <Figure name="Hits" value={number.format(hits)} />
              <Figure name="Misses" value={number.format(misses)} />
            </dl>
          );
        }}
      </Loaded>
    </Section>
  );
}
