"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useRefreshApi } from "../api/use-api";
import { failureOf } from "../trpc/failure";
import { type Answers, type Inputs, useTRPC } from "../trpc/trpc";

export type Stage = Answers["stage"]["get"];
export type StageChanges = Inputs["stage"]["update"]["changes"];

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** A form over one part of a stage: its own copy, whether it differs, and saving it. */
export function useStageChanges<T>(
  { apiId, stageName }: { apiId: string; stageName: string },
  saved: T,
  toChanges: (value: T) => StageChanges,
) {
  const trpc = useTRPC();
  const refresh = useRefreshApi(apiId);
  const [edited, setEdited] = useState<T | null>(null);
  const update = useMutation(
    trpc.stage.update.mutationOptions({
      onSuccess: async (_, { changes }) => {
        await refresh();
        // What was typed meanwhile is kept.
        setEdited((now) => (now !== null && isSame(toChanges(now), changes) ? null : now));
      },
    }),
  );
  const value = edited ?? saved;
  return {
    value,
    set: (next: T) => {
      if (update.isSuccess || update.isError) update.reset();
      setEdited(next);
    },
    isDirty: edited !== null && !isSame(toChanges(edited), toChanges(saved)),
    discard: () => {
      setEdited(null);
      update.reset();
    },
    save: () => update.mutate({ apiId, stageName, changes: toChanges(value) }),
    isPending: update.isPending,
    problem: update.error ? failureOf(update.error).message : null,
    configChangeId: update.data?.configChangeId ?? null,
  };
}
