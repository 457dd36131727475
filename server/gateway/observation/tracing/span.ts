/** A part of a request's trace; ids are lower-case hex digits, 32 for the trace and 16 for a span. */
export type Span = {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | null;
  /** The parent is a span of the caller. */
  readonly isParentRemote: boolean;
  /** W3C's; "" if none. */
  readonly tracestate: string;
  readonly name: string;
  readonly kind: "server" | "client" | "internal";
  /** Milliseconds since 1970, with fractions. */
  readonly startMs: number;
  readonly durationMs: number;
  readonly isFailed: boolean;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
};

/** Where spans of recorded requests go. */
export type Tracing = {
  /** Whether one more request is recorded about which nobody decided yet. */
  sample(): boolean;
  /** Spans of one request. Never waits and never throws. */
  write(spans: readonly Span[]): void;
};
