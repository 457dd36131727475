"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useRefreshApi } from "../api/use-api";
import { isSame } from "../shell/is-same";
import { failureOf } from "../trpc/failure";
import { type Answers, type Inputs, useTRPC } from "../trpc/trpc";

export type Stage = Answers["stage"]["get"];
type Update = Inputs["stage"]["update"];
export type StageChanges = Update["changes"];
/** A form's copy, and as changes what it was made of. */
type Edited<T> = { value: T; base: StageChanges };

/** What a form changed; with maps goes what they were, so that others' changes to them are kept. */
function changesSince(base: StageChanges, next: StageChanges): Pick<Update, "changes" | "base"> {
  const names = (Object.keys(next) as (keyof StageChanges)[]).filter(
    (name) => !isSame(base[name], next[name]),
  );
  const changes: StageChanges = Object.fromEntries(names.map((name) => [name, next[name]]));
  const { methodSettings, variables } = base as NonNullable<Update["base"]>;
  return { changes, base: { methodSettings, variables } };
}

/**
 * A form over one part of a stage: its own copy, whether it differs, and saving it. Only what was changed in the copy is
 * saved: what others save meanwhile stays.
 */
export function useStageChanges<T>(
  { apiId, stageName }: { apiId: string; stageName: string },
  saved: T,
  toChanges: (value: T) => StageChanges,
) {
  const trpc = useTRPC();
  const refresh = useRefreshApi(apiId);
  const [edited, setEdited] = useState<Edited<T> | null>(null);
  const update = useMutation(
    trpc.stage.update.mutationOptions({
      onSuccess: async (_, { changes }) => {
        await refresh();
        // What was typed meanwhile is kept.
        setEdited((now) => {
          if (now === null) return null;
          const base = { ...now.base, ...changes };
          const more = changesSince(base, toChanges(now.value)).changes;
          return Object.keys(more).length === 0 ? null : { ...now, base };
        });
      },
    }),
  );
  const value = edited ? edited.value : saved;
  return {
    value,
    set: (next: T) => {
      if (update.isSuccess || update.isError) update.reset();
      setEdited((now) => ({ value: next, base: now?.base ?? toChanges(saved) }));
    },
    isDirty: edited !== null && !isSame(toChanges(edited.value), toChanges(saved)),
    discard: () => {
      setEdited(null);
      update.reset();
    },
    save: () =>
      update.mutate({
        apiId,
        stageName,
        ...changesSince(edited?.base ?? toChanges(saved), toChanges(value)),
      }),
    isPending: update.isPending,
    problem: update.error ? failureOf(update.error).message : null,
    configChangeId: update.data?.configChangeId ?? null,
  };
}
