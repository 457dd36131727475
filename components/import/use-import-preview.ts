"use client";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { failureOf } from "../trpc/failure";
import { type Answers, type Inputs, useTRPC } from "../trpc/trpc";

export type ImportTarget = NonNullable<Inputs["api"]["import"]["target"]>;
export type BasePathMode = NonNullable<Inputs["api"]["import"]["basePath"]>;

const DELAY_MS = 350;

/** What an import would do, read again shortly after the source or the target changed. */
export function useImportPreview(input: {
  source: string;
  filename: string | null;
  target: ImportTarget | null;
  basePath: BasePathMode;
}) {
  const { source, filename, target, basePath } = input;
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
          basePath,
          ...(filename ? { filename } : {}),
          ...(apiId && mode ? { target: { apiId, mode } } : {}),
        }),
      DELAY_MS,
    );
    return () => clearTimeout(timer);
  }, [source, filename, apiId, mode, basePath, isEmpty, mutate, reset]);
  const failure = preview.error ? failureOf(preview.error) : null;
  const place = (failure?.details ?? {}) as { line?: number; column?: number };
  const variables = preview.variables;
  const isCurrent =
    variables?.source === source &&
    variables.basePath === basePath &&
    variables.target?.apiId === apiId &&
    variables.target?.mode === mode;
  return {
    data: isEmpty ? undefined : answer,
    isEmpty,
    isFresh: isCurrent && !preview.isPending,
    problem:
      !isEmpty && failure ? { message: failure.message, line: place.line, column: place.column } : null,
  };
}
