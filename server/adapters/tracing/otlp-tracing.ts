import { setTimeout as sleep } from "node:timers/promises";
import type { Resource } from "@opentelemetry/resources";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";
import type { Span, Tracing } from "@/server/gateway/observation/tracing/span";
import type { Clock, Ids } from "@/server/gateway/ports";
import { readableSpan } from "./readable-span";
import { type Sampling, TraceSampler } from "./trace-sampler";

export type OtlpTracingOptions = {
  /** Where spans are posted to, whole: `http://collector:4318/v1/traces`. */
  readonly endpoint: string;
  readonly sampling: Sampling;
  /** `service.instance.id`: tells processes apart. */
  readonly instanceId: string;
  readonly clock: Clock;
  readonly ids: Pick<Ids, "fraction">;
  /** An export that failed, once until one succeeds again. */
  readonly onFailure: (error: Error | undefined) => void;
  readonly times?: Partial<Times>;
};

type Times = {
  /** How long spans wait for a batch to fill. */
  readonly batchMs: number;
  /** What one export may take, its second tries included; OTEL_EXPORTER_OTLP_TIMEOUT unless told. */
  readonly exportMs: number;
  /** What the rest may take at the end. */
  readonly drainMs: number;
};

/** Some 6 MB at most: beyond it spans are dropped. */
const MAX_WAITING = 8_192;
/** Writing a batch as protobuf holds up the event loop, some 20 µs a span. */
const BATCH = 128;
/** ExportResultCode.FAILED. */
const FAILED = 1;
const TIMES: Omit<Times, "exportMs"> = { batchMs: 1_000, drainMs: 3_000 };

/**
 * The Tracing port: spans wait in OpenTelemetry's batch processor and go over OTLP (HTTP, protobuf) to a collector.
 * Headers, TLS, compression and time limit of the export are the exporter's own OTEL_EXPORTER_OTLP_… variables.
 */
export class OtlpTracing implements Tracing {
  readonly #sampler: TraceSampler;
  readonly #counter: CountingExporter;

  private constructor(
    private readonly processor: { onEnd(span: ReadableSpan): void; shutdown(): Promise<void> },
    private readonly parts: { resource: Resource; counter: CountingExporter; options: OtlpTracingOptions },
  ) {
    const { sampling, clock, ids } = parts.options;
    this.#sampler = new TraceSampler(sampling, clock, ids);
    this.#counter = parts.counter;
  }

  /** The packages are loaded here, so that a gateway without a collector does not pay for them. */
  static async open(options: OtlpTracingOptions): Promise<OtlpTracing> {
    const [{ BatchSpanProcessor }, { OTLPTraceExporter }, resources] = await Promise.all([
      import("@opentelemetry/sdk-trace-base"),
      import("@opentelemetry/exporter-trace-otlp-proto"),
      import("@opentelemetry/resources"),
    ]);
    const { endpoint: url, instanceId, times = {} } = options;
    const exporter = new OTLPTraceExporter({
      url,
      ...(times.exportMs === undefined ? {} : { timeoutMillis: times.exportMs }),
    });
    const counter = new CountingExporter(exporter, options.onFailure);
    const processor = new BatchSpanProcessor(counter, {
      maxQueueSize: MAX_WAITING,
      maxExportBatchSize: BATCH,
      scheduledDelayMillis: times.batchMs ?? TIMES.batchMs,
    });
    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES go before what is said here.
    const resource = resources
      .resourceFromAttributes({ "service.name": "gatehouse", "service.instance.id": instanceId })
      .merge(resources.detectResources({ detectors: [resources.envDetector] }));
    return new OtlpTracing(processor, { resource, counter, options });
  }

  sample(): boolean {
    return this.#sampler.sample();
  }

  write(spans: readonly Span[]): void {
    const counter = this.#counter;
    // All or none: a trace with holes explains nothing.
    if (counter.waiting + spans.length > MAX_WAITING) {
      counter.dropped += spans.length;
      return;
    }
    counter.waiting += spans.length;
    for (const span of spans) this.processor.onEnd(readableSpan(span, this.parts.resource));
  }

  /** Spans that wait, that a collector took, and that are lost. */
  get counts(): { readonly waiting: number; readonly exported: number; readonly dropped: number } {
    return this.#counter;
  }

  /** Exports what waits, for a bounded time; what is left then is lost. */
  async close(): Promise<void> {
    const drained = this.processor.shutdown().catch(() => undefined);
    const patience = new AbortController();
    const drainMs = this.parts.options.times?.drainMs ?? TIMES.drainMs;
    await Promise.race([drained, sleep(drainMs, null, { signal: patience.signal }).catch(() => undefined)]);
    patience.abort();
  }
}

/** Counts what becomes of spans; the processor tells nobody. */
class CountingExporter implements SpanExporter {
  waiting = 0;
  exported = 0;
  dropped = 0;
  #isFailing = false;

  constructor(
    private readonly exporter: SpanExporter,
    private readonly onFailure: OtlpTracingOptions["onFailure"],
  ) {}

  export(spans: ReadableSpan[], done: Parameters<SpanExporter["export"]>[1]): void {
    try {
      this.exporter.export(spans, (result) => {
        this.#count(spans.length, result);
        done(result);
      });
    } catch (error) {
      // What cannot be written as protobuf would else wait for ever.
      const result = { code: FAILED, error: error instanceof Error ? error : new Error(String(error)) };
      this.#count(spans.length, result);
      done(result);
    }
  }

  #count(spans: number, { code, error }: Parameters<Parameters<SpanExporter["export"]>[1]>[0]): void {
    this.waiting -= spans;
    const isFailing = code === FAILED;
    if (isFailing) this.dropped += spans;
    else this.exported += spans;
    if (isFailing && !this.#isFailing) this.onFailure(error);
    this.#isFailing = isFailing;
  }

  shutdown(): Promise<void> {
    return this.exporter.shutdown();
  }
}
