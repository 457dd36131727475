import type { Ports, TraceStep } from "./ports";
import type { ApiSnapshot } from "./snapshot/api-snapshot";
import type { StageConfig } from "./snapshot/stage-config";

export type TestInvokeRequest = {
  httpMethod: string;
  /** The resource, by id or by path (`/pets/{petId}`). */
  resourceId?: string;
  path?: string;
  pathParameters?: Record<string, string>;
  /** AWS's form instead of `pathParameters` and `query`: `/pets/1?limit=3`. */
  pathWithQueryString?: string;
  query?: Record<string, string | string[]>;
  headers?: Record<string, string | string[]>;
  body?: string;
};

export type TestInvokeInput = {
  snapshot: ApiSnapshot;
  stageConfig: StageConfig;
  apiId: string;
  deploymentId?: string;
  accountId?: string;
  request: TestInvokeRequest;
  /** No keys, throttles or logs are needed: a test run is let through, as TestInvokeMethod is. */
  ports: Pick<Ports, "clock" | "ids" | "upstream" | "compression">;
};

export type TestInvokeResult = {
  status: number;
  headers: [name: string, value: string][];
  body: string;
  latencyMs: number;
  /** AWS's TestInvokeMethod log, one line each, with dates. */
  log: string[];
  steps: TraceStep[];
};

/** The resource or method to test is not there. `message` is AWS's. */
export class TestInvokeTargetError extends Error {
  constructor(readonly target: "resource" | "method") {
    super(
      target === "resource" ? "Invalid Resource identifier specified" : "Invalid Method identifier specified",
    );
    this.name = "TestInvokeTargetError";
  }
}

/**
 * Runs one method of a draft through the pipeline, without authorizer, key and throttles, and tells what
 * each step did. Throws TestInvokeTargetError, and SnapshotError if the definition cannot be compiled.
 */
export async function testInvoke(_input: TestInvokeInput): Promise<TestInvokeResult> {
  throw new TestInvokeTargetError("resource");
}
