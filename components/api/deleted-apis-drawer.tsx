"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { Loaded } from "../shell/loaded";
import { failureOf } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { CopyableId } from "../ui/copy-button";
import { Drawer } from "../ui/overlay/drawer";
import { RelativeTime } from "../ui/relative-time";
import { EmptyState } from "../ui/state/empty-state";

/** Deleted APIs, each with the way back. */
export function DeletedApisDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const query = useQuery({ ...trpc.api.deleted.queryOptions(), enabled: open });
  const restore = useMutation(
    trpc.api.restore.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.api.pathFilter()),
      onError: (error) => toast.error(failureOf(error).message),
    }),
  );
  return (
    <Drawer open={open} onOpenChange={onClose} title="Deleted APIs">
      <Loaded query={query}>
        {(apis) =>
          apis.length === 0 ? (
            <EmptyState title="Nothing is deleted">
              Deleted APIs are kept here with their stages and history until you bring them back.
            </EmptyState>
          ) : (
            <ul>
              {apis.map((api) => (
                <li key={api.id} className="flex items-center gap-3 border-line border-b px-4 py-2">
                  <div className="min-w-0 flex-1">
                    <div className="truncate font-medium">{api.name}</div>
                    <div className="flex gap-2 text-faint text-sm">
                      <CopyableId id={api.id} label="API id" />
                      {api.deletedAt ? (
                        <span>
                          deleted <RelativeTime at={api.deletedAt} />
                        </span>
                      ) : null}
                    </div>
                  </div>
                  <Button
                    pending={restore.isPending && restore.variables.apiId === api.id}
                    onClick={() => restore.mutate({ apiId: api.id })}
                  >
                    Restore
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Drawer>
  );
}
