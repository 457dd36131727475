import type { ContextSource } from "@/server/vtl/bindings/context/context-source";

/** The message a template sees as `$input`. For repeated names the last value has been chosen already. */
export type VtlInput = {
  /** The payload as text; null or "" reads as `{}`. */
  readonly body: string | null;
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
};

export type RenderBindings = {
  readonly input: VtlInput;
  readonly context: ContextSource;
  readonly stageVariables: Readonly<Record<string, string>>;
};

/** Budgets of one render; exceeding one (but `loopRounds`) throws a VtlError of kind "limit". */
export type RenderLimits = {
  /**
   * Work: a round of a loop (more for a long body), a call, an access by index, a member compared or printed; 16
   * characters read or 16 members copied are one as well.
   */
  readonly steps: number;
  /** Milliseconds by `nowMs`; without a clock there is no limit of time. */
  readonly maxMs: number;
  /** The clock, in milliseconds from any moment on. It is read every 256 steps. */
  readonly nowMs?: () => number;
  /** UTF-16 units written, also into strings built on the way. */
  readonly outputLength: number;
  /**
   * UTF-16 units for all values built, an upper bound: a text counts each time it is written or read, a member of a
   * list 8, a map at least 100, and nothing is given back.
   */
  readonly memory: number;
  /** Rounds after which a #foreach ends without an error, as AWS's quota says. */
  readonly loopRounds: number;
  /** Nesting of #define blocks and of values while they are printed or compared. */
  readonly depth: number;
  /** Members a list, map or range may have. */
  readonly collectionSize: number;
};

export type OverrideValue =
  | string
  | number
  | boolean
  | null
  | OverrideValue[]
  | { [name: string]: OverrideValue };

/** What the template stored below `$context.requestOverride` and `$context.responseOverride`, as plain JSON. */
export type VtlOverrides = {
  requestOverride?: {
    header?: Record<string, OverrideValue>;
    path?: Record<string, OverrideValue>;
    querystring?: Record<string, OverrideValue>;
    [name: string]: OverrideValue | undefined;
  };
  responseOverride?: {
    header?: Record<string, OverrideValue>;
    status?: OverrideValue;
    [name: string]: OverrideValue | undefined;
  };
};

export type RenderResult = { readonly output: string; readonly overrides: VtlOverrides };

export type CompiledTemplate = {
  readonly name: string;
  readonly source: string;
  /** Throws a VtlError of kind "render" or "limit". */
  render(bindings: RenderBindings, limits?: Partial<RenderLimits>): RenderResult;
};

export type VtlDiagnostic = {
  readonly severity: "error" | "warning";
  /** Of a warning: which trap. */
  readonly code?: string;
  readonly message: string;
  readonly remedy?: string;
  /** 1-based, in characters of the line (a tab is one), as an editor counts. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
};

export type CatalogueEntry = {
  readonly label: string;
  readonly kind: "variable" | "function" | "directive" | "property";
  readonly signature: string;
  readonly documentation: string;
  readonly insertText: string;
};
