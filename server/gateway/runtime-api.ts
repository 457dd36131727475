import type { Exchange } from "./exchange";
import type { HttpRequest } from "./http-message";
import type { Ports } from "./ports";
import type { GatewayResponseType } from "./snapshot/gateway-response";

/** The account that everything belongs to, where AWS's formats want one: an instance is one account. */
export const ACCOUNT_ID = "000000000000";

/** One part of the pipeline. Only what returned a promise is awaited. */
export type Step = {
  readonly name: string;
  /** Decides who may come in at all (keys, throttles, authorizers); a test run is let through. */
  readonly isGate?: boolean;
  run(exchange: Exchange, ports: Ports): void | Promise<void>;
};

/** A method of a resource with everything decided that can be decided before a request comes. */
export type CompiledRoute = {
  readonly resourceId: string;
  /** `/pets/{petId}`. */
  readonly resourcePath: string;
  /** `GET` … or `ANY`. */
  readonly httpMethod: string;
  /** `GET /pets/{petId}`: how metrics name it. */
  readonly label: string;
  /** `/pets/{petId}/GET` (root: `//GET`): how usage plans name it. */
  readonly methodKey: string;
  readonly apiKeyRequired: boolean;
  /** What the stage's settings log of this method; null for nothing. */
  readonly executionLog: { readonly level: "ERROR" | "INFO"; readonly dataTrace: boolean } | null;
  readonly steps: readonly Step[];
};

export type RouteMatch = {
  readonly route: CompiledRoute;
  /** Raw (undecoded) values by name. */
  readonly pathParameters: Readonly<Record<string, string>>;
};

/** Text with `$context.x` and `$stageVariables.x` in it; not VTL. */
export type ContextText = (exchange: Exchange, missing: string) => string;

export type CompiledGatewayResponse = {
  readonly type: GatewayResponseType;
  /** Null: no status was set, the default applies. */
  readonly status: number | null;
  readonly defaultStatus: number;
  readonly headers: readonly { name: string; value: (exchange: Exchange) => string | undefined }[];
  readonly templates: readonly { mediaType: string; render: ContextText }[];
};

/** A deployment on a stage, compiled and frozen: all a node needs to serve it. */
export type RuntimeApi = {
  readonly apiId: string;
  readonly apiName: string;
  readonly deploymentId: string;
  readonly accountId: string;
  /** Whose function endpoint and access keys apply. */
  readonly workspaceId: string;
  readonly region: string;
  readonly stageName: string;
  /** The API may not be called under its default address. */
  readonly isEndpointDisabled: boolean;
  readonly stageVariables: Readonly<Record<string, string>>;
  /** Which of a stage's two variants this is; null on a stage without a canary. */
  readonly isCanary: boolean | null;
  readonly routes: readonly CompiledRoute[];
  /** Null if no method of any matching resource takes this verb. */
  match(method: string, path: string): RouteMatch | null;
  readonly gatewayResponses: Readonly<Record<GatewayResponseType, CompiledGatewayResponse>>;
  /** What clients are told of their limits. */
  readonly rateLimitHeaders: "OFF" | "STANDARD" | "SEPARATE";
  /** Null: the stage writes no access log. */
  readonly accessLogLine: ContextText | null;
  /** Which part of the requests the request log keeps, above 0 up to 1; null for none. */
  readonly requestLogShare: number | null;
  /** Active tracing: the gateway decides which requests are recorded where their callers did not. */
  readonly isTraced: boolean;
  /** Whether any request has to be looked at for logs. */
  readonly isObserved: boolean;
};

/** A stage as a node serves it: its deployment, and beside it the canary if it has one. */
export type StageRuntime = {
  readonly production: RuntimeApi;
  readonly canary: CanarySplit | null;
};

export type CanarySplit = {
  readonly runtime: RuntimeApi;
  /** 0 to 100. */
  readonly percentTraffic: number;
  /** What a caller is recognised by; null if it does not matter, or if a request has none of it. */
  readonly stickyValue: ((request: HttpRequest) => string | null) | null;
};
