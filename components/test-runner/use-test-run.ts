"use client";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Method } from "@/server/gateway/snapshot/method";
import { useDraft } from "../designer/store/draft-provider";
import { type Failure, failureOf } from "../trpc/failure";
import { useTRPC, useTRPCClient } from "../trpc/trpc";
import { type TestRun, useTestMemory } from "./test-memory";
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
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isRunning, setRunning] = useState(false);
  const running = useRef<AbortController | null>(null);
  const form =
    memory.form ?? emptyRequest({ httpMethod: method.httpMethod, declared: method.requestParameters });
  const stage = useQuery({
    ...trpc.stage.get.queryOptions({ apiId: draft.apiId, stageName: form.stageName ?? "" }),
    enabled: form.stageName !== null,
  });
  const stageVariables = form.stageName === null ? {} : (stage.data?.config.variables ?? {});

  const cancel = () => {
    running.current?.abort();
    running.current = null;
    setRunning(false);
  };
  const run = async () => {
    if (running.current) return cancel();
    const abort = new AbortController();
    running.current = abort;
    setRunning(true);
    setFailure(null);
    try {
      const isSaved = await draft.flush().then(() => !draft.hasUnsaved());
      if (abort.signal.aborted) return;
      if (!isSaved) return setFailure(UNSAVED);
      const result = await client.test.invoke.mutate(
        { apiId: draft.apiId, request: invokeRequestOf(form, target), stageVariables },
        { signal: abort.signal },
      );
      if (abort.signal.aborted) return;
      remember({ form, run: { result, at: Date.now() } });
      onResult?.(result);
    } catch (error) {
      if (!abort.signal.aborted) setFailure(failureOf(error));
    } finally {
      if (running.current === abort) {
        running.current = null;
        setRunning(false);
      }
    }
  };
  return {
    form,
    setForm: (change: Partial<TestRequest>) => remember({ form: { ...form, ...change } }),
    last: memory.run,
    clear: () => {
      remember({ form: null, run: null });
      setFailure(null);
    },
    stageVariables,
    failure,
    isRunning,
    run,
  };
}

export type TestRunState = ReturnType<typeof useTestRun>;
