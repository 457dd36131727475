import type { RenderLimits } from "@/server/vtl";
import type { CompiledAnswer } from "./compile/compile-answer";
import { NO_OVERRIDES, type Overrides } from "./context/overrides";
import { type RequestParameters, RequestParametersOf } from "./context/request-parameters";
import type { GatewayError } from "./errors";
import type { AnswerBody, ByteStream, HeaderList, HttpAnswer, HttpRequest } from "./http-message";
import type { Observation } from "./observation/observation";
import type { RequestTracing } from "./observation/tracing/begin-tracing";
import { type IncomingTrace, readIncomingTrace } from "./observation/tracing/incoming-trace";
import type { Decision } from "./policies/authorizers/authorizer";
import type { FunctionCall, KnownKey, LimitedRoute, LimitRefusal, Ports, Trace } from "./ports";
import type { CompiledRoute, RuntimeApi } from "./runtime-api";
import type { CacheUse } from "./steps/response-cache/cache-steps";

/** A request to a back end while it is put together. */
export type IntegrationRequest = {
  method: string;
  origin: string;
  path: string;
  headers: string[];
  body: AnswerBody;
};

/** What a back end (or the mock) answered. `body` is null until bytes are there or if there are none. */
export type IntegrationAnswer = {
  readonly status: number;
  readonly headers: HeaderList;
  body: Uint8Array | ByteStream | null;
};

/**
 * One request together with the answer being built for it. Steps write into it; the listener writes its
 * `status`, `headers` and `body` out at the end. Everything derived from the request is computed on first use.
 */
export class Exchange implements HttpAnswer {
  status = 200;
  headers: string[] = [];
  body: AnswerBody = null;

  readonly startedAtMs: number;
  route: CompiledRoute | null = null;
  pathParameters: Readonly<Record<string, string>> = NO_PARAMETERS;
  key: KnownKey | null = null;
  /** The key's value as the client sent it, for `$context.identity.apiKey`. */
  keyValue: string | null = null;
  /** What its method is held to, once limits were asked. */
  limitedRoute: LimitedRoute | null = null;
  /** The limit that refused it. */
  limitRefusal: LimitRefusal | null = null;
  shadowRefusals: LimitRefusal[] | null = null;
  /** Who signed the request, where a method asks for a signature. */
  caller: Caller | null = null;
  /** What the method's authorizer decided; null without one. */
  decision: Decision | null = null;
  /** The API key an authorizer named (apiKeySource AUTHORIZER). */
  usageIdentifierKey: string | null = null;
  /** `$context.authorizer`: what an authorizer said of the caller; null without one. */
  authorizer: Readonly<Record<string, unknown>> | null = null;

  /** The body as it came, if an authorizer had to read it. */
  bodyRead: Uint8Array | null = null;
  /** The client's body once a step has read it; null before. */
  requestBytes: Uint8Array | null = null;
  /** The body as mapping templates and models see it; null if nobody asked yet. */
  requestText: string | null = null;
  /** Memo of the parsed request body, for mappings. */
  requestJson: { readonly value: unknown } | null = null;

  integrationRequest: IntegrationRequest | null = null;
  /** The call of a function, once it is mapped. */
  functionCall: FunctionCall | null = null;
  integrationAnswer: IntegrationAnswer | null = null;
  /** The integration response that was chosen. */
  selectedAnswer: CompiledAnswer | null = null;
  /** The back end's body as templates and mappings see it. */
  answerText: string | null = null;
  answerJson: { readonly value: unknown } | null = null;
  /** The `errorMessage` of a function that failed; null if none did. */
  functionError: string | null = null;
  integrationLatencyMs = 0;
  /** From reception to the end of the answer; set when the exchange is recorded. */
  latencyMs = 0;
  /** Bytes of the answer's body, once written; null before. */
  bytesSent: number | null = null;
  /** Set where a method's answers are cached. */
  cacheUse: CacheUse | null = null;
  overrides: Overrides = NO_OVERRIDES;
  error: GatewayError | null = null;
  /** `Root=…` of the back-end call; "" if there was none. */
  traceId = "";
  /** The Root of all calls where neither client nor stage gave one. */
  madeUpRoot: string | null = null;
  /** `traceparent` and `tracestate` of the back-end call, if it carries them. */
  traceHeaders: HeaderList = NO_HEADERS;
  /** Its place in a trace; null if nobody records it and the gateway decides nothing. */
  tracing: RequestTracing | null = null;
  /** What the current step has to say to a trace; ignored without one. */
  note: StepNote | null = null;

  #parameters: RequestParameters | null = null;
  #incomingTrace: IncomingTrace | null = null;
  #extendedRequestId: string | null = null;

  readonly requestId: string;
  readonly receivedAtMs: number;
  /** Who looks on. */
  trace: Trace | null;
  observation: Observation | null = null;
  readonly templateLimits: Partial<RenderLimits>;
  readonly #newExtendedRequestId: () => string;

  constructor(
    readonly runtime: RuntimeApi,
    readonly request: HttpRequest,
    {
      clock,
      ids,
      trace,
      templateLimits,
    }: Pick<Ports, "clock" | "ids" | "templateLimits"> & { readonly trace: Trace | null },
  ) {
    this.requestId = ids.requestId();
    this.receivedAtMs = clock.nowMs();
    this.startedAtMs = clock.monotonicMs();
    this.trace = trace;
    this.templateLimits = templateLimits ?? { nowMs: () => clock.monotonicMs() };
    this.#newExtendedRequestId = ids.extendedRequestId;
  }

  /** Path, query and header parameters of the method request. */
  get parameters(): RequestParameters {
    this.#parameters ??= new RequestParametersOf(this.request, this.pathParameters);
    return this.#parameters;
  }

  /** What the client's headers say of a trace. */
  get incomingTrace(): IncomingTrace {
    this.#incomingTrace ??= readIncomingTrace(this.request.headers);
    return this.#incomingTrace;
  }

  /** Who may give a call up: its client, unless others wait for the same answer or will find it in the cache. */
  get callOwner(): { cancel: (() => void) | null } {
    return this.cacheUse?.lease ? { cancel: null } : this.request;
  }

  get extendedRequestId(): string {
    this.#extendedRequestId ??= this.#newExtendedRequestId();
    return this.#extendedRequestId;
  }
}

/** Who signed a request: `$context.identity` and condition keys of policies. */
export type Caller = {
  readonly accessKey: string;
  readonly userName: string;
  readonly userArn: string;
  readonly accountId: string;
};

export type StepNote = { summary: string; input?: unknown; output?: unknown; isSkipped?: boolean };

const NO_HEADERS: HeaderList = [];
const NO_PARAMETERS: Readonly<Record<string, string>> = Object.freeze(Object.create(null));
