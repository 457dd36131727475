import type { RenderLimits } from "@/server/vtl";
import type { AnswerBody, ByteStream, HeaderList } from "./http-message";
import type { RequestLogEntry } from "./observation/request-log-entry";
import type { Tracing } from "./observation/tracing/span";
import type { Quota, Throttle } from "./snapshot/usage-plan";

/** Time. `monotonicMs` never goes back; both have fractions of a millisecond at will. */
export type Clock = {
  /** Milliseconds since 1970. */
  nowMs(): number;
  monotonicMs(): number;
};

/** Randomness: fresh identifiers, and chances. */
export type Ids = {
  /** A UUID: `x-amzn-RequestId`. */
  requestId(): string;
  /** `x-amz-apigw-id`: 15 base64 characters and "=". */
  extendedRequestId(): string;
  /** Random lower-case hex digits, e.g. for trace ids. */
  hex(digits: number): string;
  /** Anything from 0 up to, but not including, 1, evenly spread. */
  fraction(): number;
};

export type UpstreamRequest = {
  readonly method: string;
  /** `https://host:port`, nothing behind it. */
  readonly origin: string;
  /** Path and query, percent-encoded. */
  readonly path: string;
  readonly headers: HeaderList;
  readonly body: AnswerBody;
  /** Until the answer is complete (`isBuffered`) or its header is there. */
  readonly timeoutMs: number;
  readonly skipTlsVerification: boolean;
  /** `workspaceId/certificateId` of the certificate to show where the connection is made with TLS; null: none. */
  readonly clientCertificate: string | null;
  /** True: the answer's body is wanted whole. False: a large one may come as a stream. */
  readonly isBuffered: boolean;
  /** Where the port leaves the way to give the call up. */
  readonly owner: { cancel: (() => void) | null };
};

export type UpstreamAnswer = {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Uint8Array | ByteStream;
};

/**
 * Why a back end gave no answer: `address` (unknown host, refused, no usable URL), `timeout`,
 * `network` (reset, TLS, broken HTTP), `size` (a buffered answer above the payload quota).
 */
export class UpstreamError extends Error {
  constructor(
    readonly kind: "address" | "timeout" | "network" | "size",
    message: string,
    /** The platform's error code, e.g. ECONNRESET; "" if there is none. */
    readonly code = "",
  ) {
    super(message);
    this.name = "UpstreamError";
  }
}

/** HTTP to back ends. Follows no redirects, decodes nothing. Rejects with an UpstreamError. */
export type UpstreamHttp = {
  send(request: UpstreamRequest): Promise<UpstreamAnswer>;
};

export type FunctionCall = {
  /** Whose endpoint and credentials are used. */
  readonly workspaceId: string;
  /** A function's ARN, or its name, with or without `:qualifier`. */
  readonly functionName: string;
  /** Alias or version, if the name does not carry it. */
  readonly qualifier: string | null;
  /** The region the integration names; null leaves it to the endpoint's own. */
  readonly region: string | null;
  readonly payload: Uint8Array;
  readonly invocationType: "RequestResponse" | "Event" | "DryRun";
  /** Further headers of the call: the trace id, the client context. */
  readonly headers: HeaderList;
  /** Asks for the end of the function's log; a trace wants it, traffic does not. */
  readonly wantsLog: boolean;
  /** Told the headers as they go out, the port's own and the signature among them; a trace wants them. */
  readonly onSend?: (headers: HeaderList) => void;
  readonly timeoutMs: number;
  /** Where the port leaves the way to give the call up. */
  readonly owner: { cancel: (() => void) | null };
};

export type FunctionAnswer = {
  /** 200 for a run, 202 for an accepted event; 300 and above if the service itself refused the call. */
  readonly status: number;
  /** `Handled` or `Unhandled` if the function failed; the payload then holds `errorMessage`. */
  readonly functionError: string | null;
  readonly headers: HeaderList;
  readonly payload: Uint8Array;
  readonly log: string | null;
};

/** Runs functions (Lambda's Invoke). Rejects with an UpstreamError; a failing function is an answer. */
export type FunctionInvoker = {
  invoke(call: FunctionCall): Promise<FunctionAnswer>;
};

/** What a usage plan means for one key on one API stage. */
export type PlanLimits = {
  readonly planId: string;
  /** Per key, over all stages of the plan. */
  readonly throttle: Throttle | null;
  /** `/pets/GET` → limits of that method on this API stage, per key. */
  readonly methodThrottles: Readonly<Record<string, Throttle>>;
  readonly quota: Quota | null;
  /** When the key joined the plan, in ms: `quota.offset` counts in that period only. */
  readonly joinedAtMs: number;
};

export type KnownKey = {
  readonly id: string;
  readonly name: string;
  readonly customerId: string | null;
  readonly plan: PlanLimits;
};

/** API keys. Sync: it is asked on every request that needs a key. */
export type KeyStore = {
  /** The enabled key with this value and its plan for that stage; null if any of it is missing. */
  find(value: string, apiId: string, stageName: string): KnownKey | null;
};

/** What functions decided as authorizers, kept for a while, bounded, by stage. */
export type AuthorizerCache = {
  /**
   * What `read` makes of the text that is kept under `key`, else of the one that `make` gives, which is kept for `ttlMs`.
   * Calls at the same time share one `make`; where it or `read` fails nothing is kept. A text, so that one cache may
   * serve several processes.
   */
  get<T extends object>(
    entry: { readonly stage: string; readonly key: string; readonly ttlMs: number },
    make: () => Promise<string>,
    read: (text: string) => T,
  ): T | Promise<T>;
};

/** A method response without what belongs to one request. */
export type CachedAnswer = {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: Uint8Array | null;
};

/** Which entry of which stage's cache is meant, and how it is kept. */
export type CacheName = {
  /** `apiId/stageName`. */
  readonly stage: string;
  readonly key: string;
  /** What the stage may keep at most; another size than before begins an empty cache. */
  readonly sizeBytes: number;
  readonly ttlMs: number;
  /** The entry is kept encrypted. */
  readonly isEncrypted: boolean;
};

/** The task to make an entry: the number by which the cache knows it. */
export type CacheLease = number;

export type CacheFind = { readonly answer: CachedAnswer } | { readonly lease: CacheLease };

/**
 * Answers of methods, kept for a while, bounded in bytes; what is used least recently goes first. What goes in and comes
 * out are plain values (structured clones), so that one cache may serve several processes:
 *
 * - Of those who ask for an entry that is not there, one gets a lease; the others' promises wait until it is settled.
 *   They get its answer (`keep`), or a lease each (`release`): one after the other, the last would wait for all.
 * - A lease is settled once; what comes later is passed over, as is a number the cache does not know. Its holder settles
 *   it whatever happens; a cache of several processes releases the leases of one that is gone, or others wait for ever.
 * - What was asked for earlier replaces neither what was asked for later (`replace`) nor anything after the stage was
 *   cleared or its size changed.
 * - Nothing here throws or rejects: a cache that cannot be reached gives leases, and keeps nothing.
 * - Answers belong to the cache: whoever gets one must not write into its bytes.
 */
export type ResponseCache = {
  find(name: CacheName): CacheFind | Promise<CacheFind>;
  /** Forgets the entry; the task to make it anew. */
  replace(name: CacheName): CacheLease | Promise<CacheLease>;
  keep(lease: CacheLease, answer: CachedAnswer): void;
  /** There is nothing to keep. */
  release(lease: CacheLease): void;
};

/** Who may have issued a token. */
export type TokenIssuer = {
  /** `iss`, exactly. */
  readonly issuer: string;
  /** Null: to be found by OpenID Connect discovery. */
  readonly jwksUrl: string | null;
};

export type TokenVerdict =
  | { readonly outcome: "verified"; readonly claims: Readonly<Record<string, unknown>> }
  /** `unavailable`: the issuer's keys could not be fetched. */
  | { readonly outcome: "invalid" | "expired" | "unavailable"; readonly reason: string };

/** Signature, issuer and times of JSON Web Tokens. Never rejects. */
export type TokenVerifier = {
  verify(token: string, issuers: readonly TokenIssuer[]): Promise<TokenVerdict>;
};

export type RequestToVerify = {
  readonly workspaceId: string;
  readonly method: string;
  /** Path and query as they came in the request line. */
  readonly path: string;
  readonly query: string;
  readonly headers: HeaderList;
  /** Asked for only if the rest is in order. */
  readonly body: () => Uint8Array | Promise<Uint8Array>;
};

export type SignatureVerdict =
  | {
      readonly outcome: "verified";
      readonly accessKeyId: string;
      readonly name: string;
      /** The IAM policy attached to the key; null is none. */
      readonly policy: unknown;
    }
  | {
      readonly outcome: "missing" | "incomplete" | "unknown-key" | "expired" | "invalid";
      /** In AWS's words. */
      readonly message: string;
    };

/** Signature Version 4 for `execute-api`. Rejects only if the body cannot be read. */
export type RequestSignatures = {
  verify(request: RequestToVerify): Promise<SignatureVerdict>;
};

/** Which limit, in the order in which they are asked. */
export type LimitName = "plan-method" | "plan" | "method" | "account" | "quota";

/** What a method is held to besides the key's plan; made once, when the API is compiled. */
export type LimitedRoute = {
  readonly apiId: string;
  readonly stageName: string;
  /** `/pets/GET` (root: `//GET`): how plans name it. */
  readonly methodKey: string;
  /** `apiId/stage/pets/GET`: whose bucket it is. */
  readonly bucketKey: string;
  /** Of the method or of star/star in the stage's settings; null leaves the account's. */
  readonly throttle: Throttle | null;
};

/** Why a limit refused a request, or would have (shadow). */
export type LimitRefusal = {
  readonly limit: LimitName;
  readonly type: "THROTTLED" | "QUOTA_EXCEEDED";
  /** Whose: `key k1 in plan p1`, `GET /pets of abc123/prod`, `the account`. */
  readonly subject: string;
  /** `10 requests/s, burst 20`, `1000 per DAY`. */
  readonly value: string;
  /** When to try again; null if that is not known or never. */
  readonly retryAfterMs: number | null;
};

/** Where limits leave word of a request; an Exchange is one. */
export type LimitNotes = {
  /** Limits in shadow mode that would have refused the request. Null: none. */
  shadowRefusals: LimitRefusal[] | null;
};

/** How a limit stands for one client, for headers. */
export type LimitStatus = {
  readonly limit: LimitName;
  /** Requests in the window, requests left now, seconds until all of them are there again. */
  readonly quota: number;
  readonly windowSeconds: number;
  readonly remaining: number;
  readonly resetSeconds: number;
};

/**
 * Throttles and quotas. In AWS's order: the plan's for a method, the plan's, the stage's for the method, the account's
 * (developer guide, request throttling); the quota last, so that a request a throttle refuses uses none of it. A refused
 * request takes nothing from any limit.
 */
export type Limits = {
  /** Null: admitted. A promise only if a part of a quota has to be fetched first. */
  admit(
    route: LimitedRoute,
    key: KnownKey | null,
    notes: LimitNotes,
  ): LimitRefusal | null | Promise<LimitRefusal | null>;
  /** What limits this client on this method; the account's, which is others' as well, is left out. */
  status(route: LimitedRoute, key: KnownKey | null): LimitStatus[];
};

/** gzip and deflate. */
export type Compression = {
  /** Rejects if the bytes are broken or unpack to more than `maxBytes`. */
  decompress(coding: "gzip" | "deflate", bytes: Uint8Array, maxBytes: number): Promise<Uint8Array>;
  compress(coding: "gzip" | "deflate", bytes: Uint8Array): Promise<Uint8Array>;
};

export type TraceStep = {
  readonly name: string;
  /** Since the request began, in ms. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly outcome: "ok" | "skipped" | "failed";
  readonly summary: string;
  readonly input?: unknown;
  readonly output?: unknown;
  readonly error?: { readonly message: string; readonly line?: number; readonly column?: number };
};

/** Looks over the pipeline's shoulder: in test runs, and in the data plane where a stage's logs want to know. */
export type Trace = {
  /** A client's request: gates are run, and secrets are masked. */
  readonly isLive?: boolean;
  /** True: nobody wants the lines of the execution log. */
  readonly isSilent?: boolean;
  step(step: TraceStep): void;
  /** One line of AWS's execution log, without its date. */
  log(line: string): void;
};

/** One finished request for logs and metrics. */
export type ExchangeRecord = {
  readonly apiId: string;
  readonly stageName: string;
  /** `GET /pets/{petId}`; "" if no route matched. */
  readonly route: string;
  readonly status: number;
  readonly latencyMs: number;
  /** 0 if the back end was not called. */
  readonly integrationLatencyMs: number;
  /** Whether the stage's canary served it; null on a stage without one. */
  readonly isCanary: boolean | null;
  /** What served it. */
  readonly deploymentId: string;
  /** CacheHitCount or CacheMissCount; null where the method has no cache, or the request ended before it. */
  readonly cacheStatus?: "hit" | "miss" | null;
  /** The API key it is counted for; null or absent without one. */
  readonly key?: KnownKey | null;
  /** A throttle or a quota refused it. */
  readonly isThrottled?: boolean;
};

export type AccessLog = {
  /** Never waits and never throws. */
  write(apiId: string, stageName: string, line: string): void;
};

/** Requests for people to look at. */
export type RequestLog = {
  /** Never waits and never throws. */
  write(entry: RequestLogEntry): void;
};

export type Metrics = {
  record(record: ExchangeRecord): void;
};

/** Where bugs of the gateway itself are told. */
export type Diagnostics = {
  unexpected(error: unknown, about: { apiId: string; stageName: string; requestId: string }): void;
};

export type Ports = {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly upstream: UpstreamHttp;
  readonly functions: FunctionInvoker;
  readonly authorizerCache: AuthorizerCache;
  /** Absent: nothing is cached. */
  readonly responseCache?: ResponseCache;
  readonly tokens: TokenVerifier;
  readonly signatures: RequestSignatures;
  readonly keys: KeyStore;
  readonly limits: Limits;
  readonly compression: Compression;
  readonly trace: Trace | null;
  readonly accessLog: AccessLog;
  /** Absent: nobody keeps requests. */
  readonly requestLog?: RequestLog | undefined;
  /** Whole execution logs of single requests; absent: nobody keeps them. */
  readonly executionLog?: AccessLog;
  readonly metrics: Metrics;
  /** Absent: nothing is recorded, and stages with active tracing decide nothing. */
  readonly tracing?: Tracing | undefined;
  readonly diagnostics: Diagnostics;
  /** Budgets of mapping templates; the engine's defaults, by the gateway's clock, where absent. */
  readonly templateLimits?: Partial<RenderLimits>;
};
