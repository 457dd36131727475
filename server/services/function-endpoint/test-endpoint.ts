import { systemClock } from "@/server/adapters/clock";
import { openEndpoint } from "@/server/adapters/functions/function-endpoints";
import { LambdaInvoker } from "@/server/adapters/functions/function-invoker";
import { database } from "@/server/db/client";
import { accessKeyBox } from "@/server/db/secret-box";
import type { Actor } from "@/server/domain/actor";
import type { UpstreamHttp } from "@/server/gateway/ports";
import { authorize } from "@/server/services/authorize";
import { testHttp } from "@/server/services/test/test-ports";
import { type FunctionEndpointInput, storedEndpoint } from "./endpoint-input";

export type FunctionEndpointTest = {
  /** The endpoint was reached, and took the credentials. */
  isReached: boolean;
  /** What happened, as a sentence. */
  message: string;
  /** Null if nothing answered. */
  status: number | null;
  payload: string;
  log: string | null;
  latencyMs: number;
};

type Input = FunctionEndpointInput & {
  /** Null only asks whether the endpoint is there. */
  functionName: string | null;
  payload: string;
};

/** A name that is never deployed: "there is no such function" is the answer of an endpoint that works. */
const PROBE = "gatehouse-endpoint-test";
const TIMEOUT_MS = 15_000;
const MAX_SHOWN = 20_000;

/** Calls an endpoint as it would be stored, and tells what it answered or why it did not. */
export async function testFunctionEndpoint(
  actor: Actor,
  input: Input,
  http: UpstreamHttp = testHttp(),
): Promise<FunctionEndpointTest> {
  authorize(actor, "workspace:write");
  const { workspaceId } = actor;
  const before = await database().functionEndpoint.findUnique({ where: { workspaceId } });
  const endpoint = openEndpoint(
    { workspaceId, ...storedEndpoint(actor, input, before) },
    accessKeyBox().open,
  );
  const invoker = new LambdaInvoker({ http, clock: systemClock, endpoints: { of: () => endpoint } });
  const startedMs = systemClock.monotonicMs();
  const latencyMs = () => Math.round(systemClock.monotonicMs() - startedMs);
  const isProbe = input.functionName === null;
  try {
    const answer = await invoker.invoke({
      workspaceId,
      functionName: input.functionName ?? PROBE,
      qualifier: null,
      region: null,
      payload: Buffer.from(input.payload),
      invocationType: isProbe ? "DryRun" : "RequestResponse",
      headers: ["Content-Type", "application/json"],
      wantsLog: !isProbe,
      timeoutMs: TIMEOUT_MS,
      owner: { cancel: null },
    });
    const payload = Buffer.from(answer.payload).toString("utf8").slice(0, MAX_SHOWN);
    const { status, functionError, log } = answer;
    return { ...verdict({ status, functionError, isProbe }), status, payload, log, latencyMs: latencyMs() };
  } catch (error) {
    const message = `No answer: ${error instanceof Error ? error.message : String(error)}`;
    return { isReached: false, message, status: null, payload: "", log: null, latencyMs: latencyMs() };
  }
}

function verdict({
  status,
  functionError,
  isProbe,
}: {
  status: number;
  functionError: string | null;
  isProbe: boolean;
}): { isReached: boolean; message: string } {
  if (status === 403) return { isReached: false, message: "Reached, but the credentials were refused (403)" };
  if (status === 404 && isProbe)
    return {
      isReached: true,
      message: "Reached: the endpoint answers, and knows no function of the test's name",
    };
  if (status >= 300)
    return { isReached: status < 500, message: `Reached: the endpoint refused the call (${status})` };
  if (functionError) return { isReached: true, message: `The function ran and failed (${functionError})` };
  return { isReached: true, message: isProbe ? "Reached" : "The function ran" };
}
