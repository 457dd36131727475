"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "../trpc/trpc";

/** Options of whatever changes domain names: what shows them is read again, then `done` is called. */
export function useDomainChange() {
  const trpc = useTRPC();
  const client = useQueryClient();
  return (done?: () => void) => ({
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries(trpc.domainName.pathFilter()),
        client.invalidateQueries(trpc.stage.pathFilter()),
      ]);
      done?.();
    },
  });
}
