import type { Logger } from "pino";
import { systemClock } from "@/server/adapters/clock";
import { systemIds } from "@/server/adapters/ids";
import { OtlpTracing } from "@/server/adapters/tracing/otlp-tracing";
import type { Sampling } from "@/server/adapters/tracing/trace-sampler";
import type { WorkerPlace } from "../workers/protocol";

/** The collector's address for traces, and the sampling of a whole gateway. */
export type TraceExport = Sampling & { readonly endpoint: string };

/** A worker records its part of what the gateway records for certain. */
export async function openTracing(
  traceExport: TraceExport | undefined,
  { gatewayId, index, count }: WorkerPlace,
  log: Logger,
): Promise<OtlpTracing | undefined> {
  if (!traceExport) return undefined;
  const { endpoint, reservoir, percent } = traceExport;
  return OtlpTracing.open({
    endpoint,
    sampling: { reservoir: reservoir / count, percent },
    instanceId: `${gatewayId}/${index}`,
    clock: systemClock,
    ids: systemIds,
    onFailure: (error) => log.warn({ reason: String(error) }, "spans could not be exported"),
  });
}
