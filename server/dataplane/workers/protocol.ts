import type { BucketAsk, BucketGrant, LeaseReturn } from "@/server/adapters/limits/leases/lease-protocol";
import type { CachedAnswer, CacheLease, CacheName } from "@/server/gateway/ports";
import type { Gauge } from "../telemetry/metrics-text";
import type { KeyPair } from "../tls/domain-servers";
import type { Frame } from "./peer";
import type { FoundInPrimary } from "./primary-cache";

export type OpenPorts = { port: number; tlsPort: number | null };
/** Through which door a connection came: where clients speak HTTP, or TLS. */
export type DoorName = "http" | "tls";

/** What workers ask of the primary. */
export type PrimaryCalls = {
  /** Ready for connections; answered when the gateway listens. */
  ready: { input: null; output: OpenPorts };
  /** A connection that was handed over is here, and will be read from now on. */
  accepted: { input: number; output: null };
  /** So many connections are gone. */
  closed: { input: number; output: null };
  /** The worker ends of its own accord. */
  leaving: { input: null; output: null };
  takeTokens: { input: readonly BucketAsk[]; output: readonly BucketGrant[] };
  giveTokensBack: { input: readonly LeaseReturn[]; output: null };
  /** The gateway's own certificate. */
  certificate: { input: null; output: KeyPair };
  findAnswer: { input: { cache: CacheKind; name: CacheName }; output: FoundInPrimary };
  replaceAnswer: { input: { cache: CacheKind; name: CacheName }; output: CacheLease };
  /** Null: there is nothing to keep. */
  settleAnswer: {
    input: { cache: CacheKind; lease: CacheLease; answer: CachedAnswer | null };
    output: null;
  };
  clearAnswers: { input: { cache: CacheKind; stage: string }; output: null };
  /** Counts of all workers together. */
  gauges: { input: null; output: Gauge[] };
};

/** What the primary asks of a worker. */
export type WorkerCalls = {
  /** The gateway is about to end: no longer ready, and answers are their connections' last. */
  drain: { input: null; output: null };
  /** No further connections come: end when those that are here have ended. */
  finish: { input: null; output: null };
  gauges: { input: null; output: Gauge[] };
  /** What is kept of a stage here is no longer true. */
  forgetAnswers: { input: { cache: CacheKind; stage: string }; output: null };
};

/** Of methods, or of authorizers. */
export type CacheKind = "methods" | "authorizers";

/** With a socket beside it. */
export type HandOver = { readonly connection: number; readonly door: DoorName };
export type Message = { readonly frame: Frame } | HandOver;

/** Which of how many workers a process is, and of which gateway (an id of this run). */
export type WorkerPlace = { readonly index: number; readonly count: number; readonly gatewayId: string };
