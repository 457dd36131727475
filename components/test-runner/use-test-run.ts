"use client";
import { useQuery } from "@tanstack/react-query";
import type { Method } from "@/server/gateway/snapshot/method";
import { useApi } from "../api/use-api";
import { useDraft } from "../designer/store/draft-provider";
import { type Failure, failureOf } from "../trpc/failure";
import { useTRPC, useTRPCClient } from "../trpc/trpc";
import { type Remembered, type TestRun, useTestMemory } from "./test-memory";
import { emptyRequest, invokeRequestOf, type TestRequest } from "./test-request";

export type TestTarget = { resourceId: string; path: string; method: Method };

const UNSAVED: Failure = {
  code: "OFFLINE",
  message: "The draft could not be saved, and a test runs the saved draft. See the line at the bottom.",
};

/** The test of one method: its form, its last answer, and how to run it. */
export function useTestRun(target: TestTarget, onResult?: (result: TestRun["result"]) => void) {
  const draft = useDraft();
  const client = useTRPCClient();
  const trpc = useTRPC();
  const { resourceId, method } = target;
  const [memory, remember] = useTestMemory(`${draft.apiId} ${resourceId} ${method.httpMethod}`);
  const { data: api } = useApi(draft.apiId);
  const form = memory.form ?? {
    ...emptyRequest({ httpMethod: method.httpMethod, declared: method.requestParameters }),
    stageName: api?.stages[0]?.name ?? null,
  };
  const stage = useQuery({
    ...trpc.stage.get.queryOptions({ apiId: draft.apiId, stageName: form.stageName ?? "" }),
    enabled: form.stageName !== null,
  });
  const stageVariables = form.stageName === null ? {} : (stage.data?.config.variables ?? {});

  const variablesOf = async (stageName: string) =>
    (await client.stage.get.query({ apiId: draft.apiId, stageName })).config.variables;
  const cancel = () => {
    memory.running?.abort();
    remember({ running: null });
  };
  /** The run is the method's, not the screen's: it goes on, and can be cancelled, after coming back to it. */
  const run = async () => {
    if (memory.running) return cancel();
    const abort = new AbortController();
    remember({ running: abort, failure: null });
    const finish = (change: Partial<Remembered>) => {
      if (!abort.signal.aborted) remember({ ...change, running: null });
    };
    try {
      await draft.flush();
      if (draft.hasUnsaved()) return finish({ failure: UNSAVED });
      const known =
        form.stageName === null || stage.data ? stageVariables : await variablesOf(form.stageName);
      const result = await client.test.invoke.mutate(
        { apiId: draft.apiId, request: invokeRequestOf(form, target), stageVariables: known },
        { signal: abort.signal },
      );
      finish({ run: { result, at: Date.now() } });
      if (!abort.signal.aborted) onResult?.(result);
    } catch (error) {
      finish({ failure: failureOf(error) });
    }
  };
  return {
    form,
    setForm: (change: Partial<TestRequest>) => remember({ form: { ...form, ...change } }),
    last: memory.run,
    clear: () => remember({ form: null, run: null, failure: null }),
    stageVariables,
    failure: memory.failure,
    isRunning: memory.running !== null,
    run,
  };
}

export type TestRunState = ReturnType<typeof useTestRun>;
