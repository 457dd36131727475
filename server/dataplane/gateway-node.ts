import { randomUUID } from "node:crypto";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { MemoryAccessKeys } from "@/server/adapters/callers/access-keys";
import { MemoryAuthorizerCache } from "@/server/adapters/callers/authorizer-cache";
import { AccessKeySignatures } from "@/server/adapters/callers/request-signatures";
import { JwksTokenVerifier } from "@/server/adapters/callers/token-verifier";
import { MemoryClientCertificates } from "@/server/adapters/certificates/client-certificates";
import { systemClock } from "@/server/adapters/clock";
import { zlibCompression } from "@/server/adapters/compression";
import { MemoryFunctionEndpoints, type OpenSecret } from "@/server/adapters/functions/function-endpoints";
import { LambdaInvoker } from "@/server/adapters/functions/function-invoker";
import { HttpClient } from "@/server/adapters/http-client";
import { systemIds } from "@/server/adapters/ids";
import { MemoryKeyStore } from "@/server/adapters/key-store";
import { databaseLedger } from "@/server/adapters/limits/database-ledger";
import { ThrottleLeases } from "@/server/adapters/limits/leases/throttle-leases";
import { MemoryLimits } from "@/server/adapters/limits/memory-limits";
import { QuotaJournalFile } from "@/server/adapters/limits/quota-journal";
import { MemoryResponseCache } from "@/server/adapters/response-cache/memory-response-cache";
import { openDataplanePool } from "@/server/db/dataplane/pool";
import { createSecretBox } from "@/server/db/secret-box";
import type { Ports } from "@/server/gateway/ports";
import type { Throttle } from "@/server/gateway/snapshot/usage-plan";
import type { RenderLimits } from "@/server/vtl";
import { databaseSource } from "./config/database-source";
import { ConfigFeed, type FeedLog } from "./config/feed";
import { RuntimeHolder } from "./config/holder";
import { LastGood } from "./config/last-good";
import { noSource } from "./config/no-source";
import { CustomDomains } from "./domains/custom-domains";
import { adminHandler } from "./listeners/admin";
import { createHttpListener } from "./listeners/http";
import { metricsText } from "./telemetry/metrics-text";
import { nodeGauges } from "./telemetry/node-gauges";
import { startNodeTelemetry } from "./telemetry/node-telemetry";
import { Reporter, type ReporterParts, type RequestLogKept } from "./telemetry/reporter";
import { openSinks, type Sinks } from "./telemetry/sinks";
import type { TraceExport } from "./telemetry/tracing";
import { ownCertificate } from "./tls/own-certificate";
import { TlsListener, type TlsListenerOptions } from "./tls/tls-listener";
import type { PrimaryLink, WorkerParts } from "./workers/primary-link";
import type { OpenPorts } from "./workers/protocol";
import { WorkerAuthorizerCache } from "./workers/worker-cache";

const DRAIN_MS = 30_000;

export type GatewayNodeOptions = {
  /** Absent: serve what is on disk, and nothing else. */
  databaseUrl?: string;
  host: string;
  port: number;
  /** Absent: no TLS. */
  tlsPort?: number;
  dataDir: string;
  accountThrottle?: Throttle;
  /** What a strict quota does with nothing reserved while the database is away; `refuse` unless told. */
  quotaWithoutDatabase?: "refuse" | "admit";
  /** What the response cache may hold of all stages together; 256 MB unless told. */
  cacheBytes?: number;
  /** How long, and how many of them, the database keeps requests; three days and 500,000 unless told. */
  requestLogKept?: RequestLogKept;
  /** Where spans go and which requests are recorded; absent: none. */
  traceExport?: TraceExport;
  /** How long the database keeps metrics; minutes for 7 days and hours for 90 unless told. */
  metricsKept?: ReporterParts["metricsKept"];
  /** Opens the secrets of function endpoints and access keys (hex); absent: nothing of them can be used. */
  accessKeyBox?: string;
  templateLimits?: Partial<RenderLimits>;
  /** So long a node that stops still takes connections, and says that it is not ready; not at all unless told. */
  drainLeadMs?: number;
  /** Absent: a process of its own. Else connections, throttles and more come from the primary. */
  primary?: PrimaryLink;
  log: Logger;
};

export type RunningNode = {
  port: number;
  /** Null: no TLS. */
  tlsPort: number | null;
  feed: ConfigFeed;
  /** Not ready any more; answers are their connections' last. */
  drain: () => void;
  stop: () => Promise<void>;
};

/** Starts a data plane: loads its configuration, then listens. Rejects if there is neither database nor disk. */
export async function startGatewayNode(options: GatewayNodeOptions): Promise<RunningNode> {
  const { log, dataDir, primary } = options;
  const place = primary?.place ?? { index: 0, count: 1, gatewayId: randomUUID() };
  const keys = new MemoryKeyStore();
  const sinks = await openSinks(options, place);
  const box = options.accessKeyBox ? createSecretBox(options.accessKeyBox) : null;
  const openSecret = (sealed: string, id: string) => box?.open(sealed, id) ?? null;
  const config = configMemory(openSecret, options);
  const { functionEndpoints, accessKeys, domains, authorizerCache, responseCache, holder } = config;
  const upstream = new HttpClient(config);
  const lastGood = new LastGood(path.join(dataDir, "last-good"), place.index === 0);
  const pool = options.databaseUrl ? openDataplanePool(options.databaseUrl, place.count) : null;
  const { limits, journal } = openLimits(options, pool);
  const ports: Ports = {
    clock: systemClock,
    ids: systemIds,
    upstream,
    functions: new LambdaInvoker({ http: upstream, clock: systemClock, endpoints: functionEndpoints }),
    authorizerCache,
    responseCache,
    tokens: new JwksTokenVerifier(systemClock),
    signatures: new AccessKeySignatures(accessKeys, systemClock),
    keys,
    limits,
    compression: zlibCompression,
    templateLimits: { ...options.templateLimits, nowMs: systemClock.monotonicMs },
    trace: null,
    ...sinkPorts(sinks, options),
  };
  let tellNode: () => void = () => undefined;
  const feed = new ConfigFeed({
    source: pool ? databaseSource(pool) : noSource,
    ...config,
    keys,
    limits,
    lastGood,
    onApplied: () => tellNode(),
    log: feedLog(log),
  });
  const from = await feed.start();
  const reporter = pool && journal && openReporter(options, { ...sinks, pool, limits, journal });
  // Before the first request, so that a restart gives no quota back; later if the database is away.
  if (from === "source") await reporter?.loadUsage();
  let isDraining = false;
  const gauges = () => nodeGauges({ ...sinks, holder, keys, feed, limits, responseCache });
  const server = createHttpListener({
    holder,
    domains,
    ports,
    isDraining: () => isDraining,
    onError: (error) => log.error({ err: error }, "a request could not be served"),
    admin: adminHandler({
      notReady: () => (isDraining ? "draining" : feed.isLoaded ? null : "no configuration yet"),
      metricsText: () => (primary ? primary.gauges().then(metricsText) : metricsText(gauges())),
    }),
  });
  const tls = await createTls(options, { domains, http: server, openSecret });
  const { port, tlsPort } = await openDoors(options, { http: server, tls, gauges });
  const about = { address: `http://${options.host}:${port}`, tlsPort, stages: holder.all().length, from };
  log.info(about, "gateway is serving");
  const { databaseUrl } = options;
  const exportsTraces = sinks.tracing !== undefined;
  const telemetry =
    pool && databaseUrl && reporter
      ? startNodeTelemetry({ pool, databaseUrl, feed, reporter, port, place, exportsTraces, log })
      : null;
  if (telemetry) tellNode = telemetry.tell;

  return {
    port,
    tlsPort,
    feed,
    drain() {
      isDraining = true;
    },
    async stop() {
      isDraining = true;
      if (options.drainLeadMs) await sleep(options.drainLeadMs);
      tls?.close();
      await server.close(DRAIN_MS);
      await telemetry?.stop();
      journal?.close(reporter?.isSettled ?? true);
      await upstream.close();
      await sinks.close();
      await lastGood.save(feed.current());
      await lastGood.close();
      await pool?.end();
      log.info("gateway stopped");
    },
  };
}

/** What is told of requests, and to whom. */
function sinkPorts(
  { accessLog, executionLog, requestLog, canaries, tracing }: Sinks,
  { databaseUrl, log }: GatewayNodeOptions,
) {
  return {
    accessLog,
    executionLog,
    // Without a database nobody could look at them.
    requestLog: databaseUrl ? requestLog : undefined,
    metrics: canaries,
    tracing,
    diagnostics: {
      unexpected: (error, about) => log.error({ err: error, ...about }, "unexpected error in a request"),
    },
  } satisfies Partial<Ports>;
}

function openReporter(
  { requestLogKept, metricsKept }: GatewayNodeOptions,
  parts: Omit<ReporterParts, "kept" | "metricsKept">,
): Reporter {
  return new Reporter({ ...parts, kept: requestLogKept, metricsKept });
}

/** Throttles, and quotas that are shared through the database if there is one. */
function openLimits(options: GatewayNodeOptions, pool: ReturnType<typeof openDataplanePool> | null) {
  const journal = pool && new QuotaJournalFile(path.join(options.dataDir, "quota"));
  const limits = new MemoryLimits(systemClock, {
    accountThrottle: options.accountThrottle,
    ledger: pool && journal ? databaseLedger(pool, journal) : undefined,
    journal: journal ?? undefined,
    withoutLedger: options.quotaWithoutDatabase,
    leases: options.primary && new ThrottleLeases(options.primary.tokens, systemClock),
  });
  return { limits, journal };
}

/** What the feed fills; secrets stay sealed until they are needed. */
function configMemory(openSecret: OpenSecret, { cacheBytes, primary }: GatewayNodeOptions) {
  return {
    functionEndpoints: new MemoryFunctionEndpoints(openSecret),
    accessKeys: new MemoryAccessKeys(openSecret),
    domains: new CustomDomains(),
    clientCertificates: new MemoryClientCertificates(openSecret),
    authorizerCache: primary
      ? new WorkerAuthorizerCache(primary.caches.authorizers)
      : new MemoryAuthorizerCache(systemClock),
    responseCache: primary?.caches.methods ?? new MemoryResponseCache(systemClock, cacheBytes),
    holder: new RuntimeHolder(),
  };
}

async function createTls(
  { tlsPort, dataDir, log, primary }: GatewayNodeOptions,
  parts: Pick<TlsListenerOptions, "domains" | "http" | "openSecret">,
): Promise<TlsListener | null> {
  if (tlsPort === undefined) return null;
  const make = () => ownCertificate(path.join(dataDir, "tls"), new Date(systemClock.nowMs()));
  return new TlsListener({ ...parts, fallback: await (primary?.certificate() ?? make()), log });
}

async function openDoors(
  { port, tlsPort, host, primary }: GatewayNodeOptions,
  parts: WorkerParts,
): Promise<OpenPorts> {
  if (primary) return primary.open(parts);
  const { http, tls } = parts;
  return {
    port: await http.listen(port, host),
    tlsPort: tls && tlsPort !== undefined ? await tls.listen(tlsPort, host) : null,
  };
}

function feedLog(log: Logger): FeedLog {
  return {
    info: (text, about) => log.info(about ?? {}, text),
    warn: (text, about) => log.warn(about ?? {}, text),
  };
}
