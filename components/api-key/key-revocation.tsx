"use client";
import { useMutation } from "@tanstack/react-query";
import { toast } from "sonner";
import { NodeConfirmation } from "../deployment/node-confirmation";
import { failureOf } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { useRefreshPlans } from "../usage-plan/use-refresh-plans";

type Key = { id: string; name: string };

/** Revoking and restoring a key; the toast says when the gateways know. */
export function useKeyRevocation() {
  const trpc = useTRPC();
  const refresh = useRefreshPlans();
  const onError = (error: unknown) => {
    toast.error(failureOf(error).message);
  };
  const revoke = useMutation(trpc.apiKey.revoke.mutationOptions({ onError }));
  const restore = useMutation(trpc.apiKey.restore.mutationOptions({ onError }));
  const runRestore = (key: Key) =>
    restore.mutate(
      { keyId: key.id },
      {
        onSuccess: async ({ configChangeId }) => {
          await refresh();
          toast(`${key.name} is restored`, {
            description: <NodeConfirmation configChangeId={configChangeId} verb="Admitted again" />,
          });
        },
      },
    );
  const runRevoke = (key: Key) =>
    revoke.mutate(
      { keyId: key.id },
      {
        onSuccess: async ({ configChangeId }) => {
          await refresh();
          toast(`${key.name} is revoked`, {
            description: <NodeConfirmation configChangeId={configChangeId} verb="Refused" />,
            duration: 30_000,
            action: { label: "Undo", onClick: () => runRestore(key) },
          });
        },
      },
    );
  return { revoke: runRevoke, restore: runRestore, isPending: revoke.isPending || restore.isPending };
}
