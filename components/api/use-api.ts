"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTRPC } from "../trpc/trpc";

/** One API with its draft. */
export function useApi(apiId: string) {
  const trpc = useTRPC();
  return useQuery(trpc.api.get.queryOptions({ apiId }));
}

/** Call it after the draft or its stages changed: headers, lists and diffs read again. */
export function useRefreshApi(apiId: string): () => Promise<void> {
  const trpc = useTRPC();
  const client = useQueryClient();
  return useCallback(async () => {
    await Promise.all([
      client.invalidateQueries(trpc.api.get.queryFilter({ apiId })),
      client.invalidateQueries(trpc.api.list.queryFilter()),
      client.invalidateQueries(trpc.api.history.pathFilter()),
      client.invalidateQueries(trpc.deployment.pathFilter()),
      client.invalidateQueries(trpc.stage.pathFilter()),
      client.invalidateQueries(trpc.canary.pathFilter()),
      // They tell which stages show them.
      client.invalidateQueries(trpc.clientCertificate.pathFilter()),
    ]);
  }, [apiId, client, trpc]);
}
