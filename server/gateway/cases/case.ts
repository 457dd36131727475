import type { Span } from "../observation/tracing/span";
import type { SignatureVerdict, TokenVerdict } from "../ports";

/** One line of a cases file: an API, a request, and what must come out. See README.md. */
export type PipelineCase = {
  name: string;
  /** `GET /pets/{petId}` → Method (see buildApi). */
  methods: Record<string, Record<string, unknown>>;
  /** Further fields of the snapshot. */
  api?: object;
  stage?: object;
  request: {
    method?: string;
    path?: string;
    query?: string;
    headers?: [string, string][];
    body?: string;
    bodyBase64?: string;
    key?: "known" | "unknown";
    /** The body comes in pieces, its length unknown. */
    isStream?: boolean;
    /** What Content-Length says, if not the truth. */
    sizeBytes?: number;
  };
  upstream?: {
    status?: number;
    headers?: [string, string][];
    body?: string;
    bodyBase64?: string;
    failure?: "address" | "timeout" | "network" | "size" | "bug";
    isStream?: boolean;
  };
  /** What the function answers: its payload as text, or how the call fails. */
  function?: {
    status?: number;
    functionError?: string;
    payload?: string;
    headers?: [string, string][];
    log?: string;
    failure?: "address" | "timeout" | "network" | "size";
  };
  /** What the token verifier and the check of signatures say. */
  token?: TokenVerdict;
  signature?: SignatureVerdict;
  limits?: "throttled" | "quota-exceeded" | "stage-throttled";
  /** Spans go somewhere; what the sampler says. Ids are made of the digit a. */
  sampler?: boolean;
  expect: {
    status: number;
    body?: string;
    bodyBase64?: string;
    headers?: Record<string, string | null>;
    upstream?: {
      method?: string;
      url?: string;
      headers?: Record<string, string | null>;
      body?: string;
      bodyBase64?: string;
    };
    /** The call of the function; `event` are members its payload must have, by dotted path. */
    function?: {
      functionName?: string;
      qualifier?: string | null;
      region?: string | null;
      invocationType?: string;
      payload?: string;
      event?: Record<string, unknown>;
      headers?: Record<string, string | null>;
    };
    /** Neither back end nor function must have been called. */
    noUpstream?: boolean;
    accessLog?: string;
    /** The spans of the request, each at least with these members. */
    spans?: Partial<Span>[];
    /** The error was told to diagnostics: a bug, not the API's or the client's fault. */
    isBug?: boolean;
  };
};
