"use client";
import { useQuery } from "@tanstack/react-query";
import { Loaded } from "../shell/loaded";
import { StepList } from "../test-runner/step-list";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Badge, statusTone } from "../ui/badge";
import { CodeBlock } from "../ui/code-block";
import { CopyableId, CopyButton } from "../ui/copy-button";
import { Drawer } from "../ui/overlay/drawer";
import { Fact } from "../ui/section";
import { Notice } from "../ui/state/notice";
import { curlOfRecorded } from "./curl-of-request";

type Request = Answers["requestLog"]["get"];

/** One request: why it was refused, what the pipeline did when, and what came and went. */
export function RequestDetail({
  apiId,
  stageName,
  requestId,
  onClose,
}: {
  apiId: string;
  stageName: string;
  requestId: string;
  onClose: () => void;
}) {
  const trpc = useTRPC();
  const query = useQuery(trpc.requestLog.get.queryOptions({ apiId, stageName, requestId }));
  const { data } = query;
  return (
    <Drawer
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title={data ? `${data.method} ${data.path}` : "Request"}
      description={<CopyableId id={requestId} label="request id" />}
      aside={data ? <Badge tone={statusTone(data.status)}>{data.status}</Badge> : null}
    >
      <Loaded query={query}>
        {(request) => (
          <>
            <Acts name={{ apiId, stageName }} request={request} />
            <Detail request={request} />
          </>
        )}
      </Loaded>
    </Drawer>
  );
}

function Acts({ name, request }: { name: { apiId: string; stageName: string }; request: Request }) {
  const trpc = useTRPC();
  const stage = useQuery({ ...trpc.stage.get.queryOptions(name), staleTime: 60_000 });
  const { pathname, origin } = window.location;
  return (
    <div className="flex flex-wrap gap-1.5 border-line border-b px-4 py-2">
      {stage.data ? (
        <CopyButton
          size="md"
          text={curlOfRecorded(request, stage.data.invokeUrls.path)}
          title="Secrets were masked before they were stored; the body and the query string are not recorded"
        >
          Copy as curl
        </CopyButton>
      ) : null}
      <CopyButton
        size="md"
        text={`${origin}${pathname}?tab=requests&open=${encodeURIComponent(request.requestId)}`}
        title="The address of this request, while the log has it"
      >
        Copy link
      </CopyButton>
    </div>
  );
}

function Detail({ request }: { request: Request }) {
  const { detail } = request;
  const { refusal, steps, log } = detail;
  const cache = steps.find(({ name }) => name === "read-cache")?.summary;
  return (
    <div className="flex flex-col gap-4 pb-4">
      {refusal ? (
        <div className="px-4 pt-4">
          <Notice tone={request.status >= 500 ? "bad" : "warn"} title="Why the gateway refused it">
            <p>{refusal.why}</p>
            <p className="mt-1 text-ink">
              <span className="font-medium">What would have passed: </span>
              {refusal.wouldPass}
            </p>
            <p className="mono mt-1 text-sm">{refusal.type}</p>
          </Notice>
        </div>
      ) : null}
      <dl className="px-4 pt-2">
        <Fact name="Received">
          <span className="num">{request.at.toISOString().replace("T", " ").replace("Z", " UTC")}</span>
        </Fact>
        <Fact name="Method">{request.route || "none matched"}</Fact>
        <Fact name="Latency">
          <span className="num">
            {request.latencyMs.toFixed(2)} ms, of it {request.integrationMs.toFixed(2)} ms at the back end
          </span>
        </Fact>
        {cache ? <Fact name="Cache">{cache}</Fact> : null}
        <Fact name="Client">
          <span className="mono">{request.sourceIp}</span>
        </Fact>
        {detail.trace ? (
          <Fact name="Trace">
            <CopyableId id={detail.trace.id} label="trace id" />
            {detail.trace.isRecorded ? null : <span className="text-muted">, not recorded here</span>}
          </Fact>
        ) : null}
        {request.keyName ? (
          <Fact name="API key">
            {request.keyName}
            {request.planName ? `, plan ${request.planName}` : ""}
          </Fact>
        ) : null}
        <Fact name="Body sent">
          <span className="num">{detail.bytesSent} bytes</span>
        </Fact>
      </dl>
      <Part title="Timeline">
        {steps.length > 0 ? (
          <StepList steps={steps} />
        ) : (
          <p className="px-4 text-muted">No method matched, so no step ran.</p>
        )}
      </Part>
      <Part title="Request headers">
        <Headers headers={detail.requestHeaders} />
      </Part>
      <Part title="Response headers">
        <Headers headers={detail.responseHeaders} />
      </Part>
      <Part title="Execution log">
        {log.length > 0 ? (
          <CodeBlock label="Execution log" code={log.join("\n")} wrap className="mx-4" />
        ) : (
          <p className="px-4 text-muted">The method&apos;s logging level wrote none.</p>
        )}
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className="px-4 pb-1 font-semibold text-sm">{title}</h3>
      {children}
    </section>
  );
}

function Headers({ headers }: { headers: readonly (readonly [string, string])[] }) {
  return (
    <CodeBlock
      label="Headers"
      code={headers.map(([name, value]) => `${name}: ${value}`).join("\n")}
      wrap
      className="mx-4"
    />
  );
}
