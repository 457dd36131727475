/** Recorded management calls in order; the format is described in the README beside the cases. */
export type SequenceCase = {
  id: string;
  area: string;
  kind: "sequence";
  masks?: string[];
  /** What was taken away or sorted before the recording. */
  notes?: string | string[];
  backend?: { type: string; name?: string; returns?: unknown; objects?: Record<string, string> };
  steps: Step[];
};

export type Step = {
  id: string;
  op: string;
  params?: Record<string, unknown>;
  request?: { method: string; url: string; headers?: Record<string, string>; body?: string };
  externalService?: string;
  expect?: Expectation;
};

export type Expectation = {
  status?: number | string;
  error?: { code: string; message: string };
  body?: unknown;
  parts?: Record<string, unknown>;
  asserts?: { path: string; op: "==" | "contains"; value: unknown }[];
};

/** What came back, with the members' names of the SDK. */
export type Outcome = {
  status: number;
  headers: Record<string, string>;
  /** Parsed JSON; for raw answers what the SDK makes of them. */
  body: unknown;
  error?: { Code: string; Message: string };
};
