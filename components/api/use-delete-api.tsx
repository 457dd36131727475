"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { failureOf } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { ConfirmDialog } from "../ui/overlay/confirm-dialog";

type Target = { id: string; name: string; stages: number };

/** Deletes an API with an undo for 30 seconds; one that serves traffic asks first. */
export function useDeleteApi() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const pathname = usePathname();
  const [asked, setAsked] = useState<Target | null>(null);
  const refresh = () => client.invalidateQueries(trpc.api.pathFilter());
  const restore = useMutation(trpc.api.restore.mutationOptions({ onSuccess: refresh }));
  const remove = useMutation(trpc.api.delete.mutationOptions());
  const run = (api: Target) =>
    remove.mutate(
      { apiId: api.id },
      {
        onSuccess: () => {
          setAsked(null);
          if (pathname.startsWith(`/apis/${api.id}`)) router.push("/apis");
          void refresh();
          toast(`${api.name} is deleted`, {
            description: api.stages > 0 ? "Its stages answer no more calls." : undefined,
            duration: 30_000,
            action: {
              label: "Undo",
              onClick: () =>
                restore.mutate(
                  { apiId: api.id },
                  {
                    onSuccess: () => toast.success(`${api.name} is back`),
                    onError: (error) => toast.error(failureOf(error).message),
                  },
                ),
            },
          });
        },
        onError: (error) => {
          if (api.stages === 0) toast.error(failureOf(error).message);
        },
      },
    );
  return {
    ask: (api: Target) => (api.stages > 0 ? setAsked(api) : run(api)),
    dialog: asked ? (
      <ConfirmDialog
        open
        onOpenChange={() => setAsked(null)}
        title={`Delete ${asked.name}?`}
        action="Delete the API"
        onConfirm={() => run(asked)}
        pending={remove.isPending}
        error={remove.error ? failureOf(remove.error).message : null}
      >
        It is live on {asked.stages} {asked.stages === 1 ? "stage, which stops" : "stages, which stop"}{" "}
        answering calls at once. You can restore it from the list of deleted APIs, with its stages and
        history.
      </ConfirmDialog>
    ) : null,
  };
}
