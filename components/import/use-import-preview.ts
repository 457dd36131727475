"use client";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { failureOf } from "../trpc/failure";
import { type Answers, type Inputs, useTRPC } from "../trpc/trpc";

export type ImportTarget = NonNullable<Inputs["api"]["import"]["target"]>;

const DELAY_MS = 350;

/** What an import would do, read again shortly after the source or the target changed. */
export function useImportPreview(source: string, filename: string | null, target: ImportTarget | null) {
  const trpc = useTRPC();
  // The last answer stays on screen while the next one is on its way.
  const [answer, setAnswer] = useState<Answers["api"]["importPreview"]>();
  const preview = useMutation(trpc.api.importPreview.mutationOptions({ onSuccess: setAnswer }));
  const { mutate, reset } = preview;
  const isEmpty = source.trim() === "";
  const apiId = target?.apiId;
  const mode = target?.mode;
  useEffect(() => {
    if (isEmpty) return reset();
    const timer = setTimeout(
      () =>
        mutate({
          source,
          ...(filename ? { filename } : {}),
          ...(apiId && mode ? { target: { apiId, mode } } : {}),
        }),
      DELAY_MS,
    );
    return () => clearTimeout(timer);
  }, [source, filename, apiId, mode, isEmpty, mutate, reset]);
  const failure = preview.error ? failureOf(preview.error) : null;
  const place = (failure?.details ?? {}) as { line?: number; column?: number };
  const variables = preview.variables;
  const isCurrent =
    variables?.source === source && variables.target?.apiId === apiId && variables.target?.mode === mode;
  return {
    data: isEmpty ? undefined : answer,
    isEmpty,
    isFresh: isCurrent && !preview.isPending,
    problem:
      !isEmpty && failure ? { message: failure.message, line: place.line, column: place.column } : null,
  };
}
