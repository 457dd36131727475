"use client";
import { useQuery } from "@tanstack/react-query";
import { useCan } from "../shell/session";
import { useTRPC } from "../trpc/trpc";
import { Section } from "../ui/section";
import { Notice } from "../ui/state/notice";
import { Switch } from "../ui/switch";
import { SaveBar } from "./save-bar";
import { type Stage, useStageChanges } from "./use-stage-changes";

/** Whether the gateway decides which requests are recorded as spans, how, and where these go. */
export function TracingForm({ apiId, stage }: { apiId: string; stage: Stage }) {
  const canWrite = useCan()("stage:write");
  const form = useStageChanges(
    { apiId, stageName: stage.name },
    stage.config.tracingEnabled,
    (tracingEnabled) => ({ tracingEnabled }),
  );
  const isOn = form.value;
  return (
    <Section title="Tracing" aside={isOn ? "the gateway samples" : "follows its callers"}>
      <div className="flex flex-col gap-3 p-3.5">
        <Switch
          checked={isOn}
          disabled={!canWrite}
          onCheckedChange={form.set}
          label="Record a sample of the requests as spans"
        />
        <p className="text-muted text-sm">
          {isOn ? (
            <>
              Recorded are one request a second of each gateway and 5&nbsp;% of the others, unless{" "}
              <Code>GATEHOUSE_TRACE_RESERVOIR</Code> and <Code>GATEHOUSE_TRACE_PERCENT</Code> in its
              environment say otherwise. A caller that decided in traceparent or X-Amzn-Trace-Id decides for
              the gateway, too. Back ends get both headers.
            </>
          ) : (
            <>
              Recorded are only requests whose callers say so in traceparent or X-Amzn-Trace-Id. Back ends get
              X-Amzn-Trace-Id, and traceparent if the client sent one.
            </>
          )}
        </p>
        <Collector apiId={apiId} stageName={stage.name} isWanted={isOn} />
      </div>
      {canWrite ? <SaveBar form={form} /> : null}
    </Section>
  );
}

/** Where spans go, as far as the gateways report it. */
function Collector({ apiId, stageName, isWanted }: { apiId: string; stageName: string; isWanted: boolean }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.node.ofStages.queryOptions({ apiId }));
  const stage = data?.find((one) => one.stageName === stageName);
  if (!stage) return null;
  const { nodes, exporting } = stage;
  if (nodes > 0 && exporting === nodes)
    return (
      <p className="text-muted text-sm">
        Spans go to the OpenTelemetry collector that the environment of the {nodes === 1 ? "node" : "nodes"}{" "}
        names in <Code>OTEL_EXPORTER_OTLP_ENDPOINT</Code>.
      </p>
    );
  return (
    <Notice
      tone={isWanted ? "warn" : "info"}
      title={
        nodes === 0
          ? "No node runs"
          : exporting === 0
            ? "Spans go nowhere yet"
            : `${nodes - exporting} of ${nodes} nodes record nothing`
      }
    >
      Set <Code>OTEL_EXPORTER_OTLP_ENDPOINT</Code> in the environment of each gateway to the address of an
      OpenTelemetry collector, such as <Code>http://localhost:4318</Code>, and start it again. Until then
      nothing is recorded there.
    </Notice>
  );
}

function Code({ children }: { children: string }) {
  return <code className="mono wrap-anywhere text-sm">{children}</code>;
}
