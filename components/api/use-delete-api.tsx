"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { usePathname, useRouter } from "next/navigation";
import { useState } from "react";
import { toast } from "sonner";
import { isUsed, UseList } from "../stage/use-list";
import { failureOf } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { ConfirmDialog } from "../ui/overlay/confirm-dialog";

type Target = { id: string; name: string; stages: number };

/** Deletes an API with an undo for 30 seconds; one that is used asks first. */
export function useDeleteApi() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const pathname = usePathname();
  const [asked, setAsked] = useState<Target | null>(null);
  const refresh = () => client.invalidateQueries(trpc.api.pathFilter());
  const restore = useMutation(trpc.api.restore.mutationOptions({ onSuccess: refresh }));
  const remove = useMutation(trpc.api.delete.mutationOptions());
  const open = (api: Target | null) => {
    remove.reset();
    setAsked(api);
  };
  /** `wasAsked`: what points at the API was shown. */
  const run = (api: Target, wasAsked: boolean) =>
    remove.mutate(
      { apiId: api.id, force: wasAsked },
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
          if (wasAsked) return;
          // Without stages it may still be mapped, or have been called a moment ago.
          if (failureOf(error).code === "CONFLICT") open(api);
          else toast.error(failureOf(error).message);
        },
      },
    );
  return {
    ask: (api: Target) => (api.stages > 0 ? open(api) : run(api, false)),
    dialog: asked ? (
      <DeleteDialog
        api={asked}
        pending={remove.isPending}
        error={remove.error ? failureOf(remove.error).message : null}
        onClose={() => open(null)}
        onConfirm={() => run(asked, true)}
      />
    ) : null,
  };
}

function DeleteDialog({
  api,
  pending,
  error,
  onClose,
  onConfirm,
}: {
  api: Target;
  pending: boolean;
  error: string | null;
  onClose: () => void;
  onConfirm: () => void;
}) {
  const trpc = useTRPC();
  const use = useQuery(trpc.api.use.queryOptions({ apiId: api.id }));
  const isInUse = use.data !== undefined && isUsed(use.data);
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Delete ${api.name}?`}
      action={use.error ? "Ask again" : "Delete the API"}
      // Nobody deletes what they have not been shown the use of.
      onConfirm={use.error ? () => void use.refetch() : onConfirm}
      pending={pending || use.isFetching}
      error={use.error ? failureOf(use.error).message : error}
      {...(isInUse ? { typeToConfirm: api.name } : {})}
    >
      <div className="flex flex-col gap-3">
        {use.data && isInUse ? (
          <div className="rounded-md border border-line bg-sunken px-3 py-2 text-ink">
            <h3 className="mb-1 font-semibold text-sm">Still used</h3>
            <UseList use={use.data} nobody="" />
          </div>
        ) : null}
        <p>
          {api.stages === 0
            ? "It is on no stage. "
            : `It is live on ${api.stages} ${api.stages === 1 ? "stage, which stops" : "stages, which stop"} answering calls at once. `}
          You can restore it from the list of deleted APIs, with its stages and history.
        </p>
      </div>
    </ConfirmDialog>
  );
}
