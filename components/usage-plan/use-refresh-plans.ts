"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTRPC } from "../trpc/trpc";

/** Call it after a plan, a key or what ties them changed. */
export function useRefreshPlans(): () => Promise<void> {
  const trpc = useTRPC();
  const client = useQueryClient();
  return useCallback(async () => {
    await Promise.all([
      client.invalidateQueries(trpc.usagePlan.pathFilter()),
      client.invalidateQueries(trpc.apiKey.pathFilter()),
      client.invalidateQueries(trpc.stage.get.pathFilter()),
    ]);
  }, [client, trpc]);
}
