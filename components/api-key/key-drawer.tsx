"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { Loaded } from "../shell/loaded";
import { useCan } from "../shell/session";
import { failureOf } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { CopyableId } from "../ui/copy-button";
import { ConfirmDialog } from "../ui/overlay/confirm-dialog";
import { Drawer } from "../ui/overlay/drawer";
import { DrawerPart } from "../ui/overlay/drawer-part";
import { RelativeTime } from "../ui/relative-time";
import { Fact } from "../ui/section";
import { useRefreshPlans } from "../usage-plan/use-refresh-plans";
import { CanCall } from "./can-call";
import { KeyDetailsForm } from "./key-details-form";
import { KeyHistory } from "./key-history";
import { KeyPlans } from "./key-plans";
import { useKeyRevocation } from "./key-revocation";
import { KeyState, MaskedValue } from "./key-table";
import { KeyUsage } from "./key-usage";

type ApiKey = Answers["apiKey"]["get"];

function KeyFacts({ apiKey }: { apiKey: ApiKey }) {
  return (
    <dl className="border-line border-b px-4 py-2.5">
      <Fact name="Value">
        <MaskedValue hint={apiKey.valueHint} />
      </Fact>
      <Fact name="Id">
        <CopyableId id={apiKey.id} label="key id" />
      </Fact>
      <Fact name="Issued">
        <RelativeTime at={apiKey.createdAt} />
        {apiKey.actorName ? ` by ${apiKey.actorName}` : null}
      </Fact>
    </dl>
  );
}

/** One key: what it may do, what it did, and the acts on it. */
export function KeyDrawer({ keyId, onClose }: { keyId: string; onClose: () => void }) {
  const trpc = useTRPC();
  const can = useCan();
  const refresh = useRefreshPlans();
  const revocation = useKeyRevocation();
  const [isDeleting, setDeleting] = useState(false);
  const query = useQuery(trpc.apiKey.get.queryOptions({ keyId }));
  const remove = useMutation(
    trpc.apiKey.delete.mutationOptions({
      onSuccess: async () => {
        onClose();
        toast(`The key ${query.data?.name} is deleted`);
        await refresh();
      },
    }),
  );
  const key = query.data;
  return (
    <Drawer
      open
      onOpenChange={onClose}
      title={key?.name ?? "API key"}
      description={key?.customerId}
      aside={key ? <KeyState enabled={key.enabled} /> : null}
      footer={
        key && can("key:revoke") ? (
          <>
            {can("key:write") ? (
              <Button variant="ghost" className="mr-auto text-bad" onClick={() => setDeleting(true)}>
                Delete
              </Button>
            ) : null}
            {key.enabled ? (
              <Button variant="danger" pending={revocation.isPending} onClick={() => revocation.revoke(key)}>
                Revoke
              </Button>
            ) : (
              <Button pending={revocation.isPending} onClick={() => revocation.restore(key)}>
                Restore
              </Button>
            )}
          </>
        ) : null
      }
    >
      <Loaded query={query}>
        {(apiKey) => (
          <>
            <KeyFacts apiKey={apiKey} />
            <KeyUsage keyId={keyId} />
            <DrawerPart title="Can it call?">
              <CanCall keyId={keyId} />
            </DrawerPart>
            <DrawerPart title="Usage plans">
              <KeyPlans apiKey={apiKey} />
            </DrawerPart>
            <DrawerPart title="Details">
              <KeyDetailsForm apiKey={apiKey} />
            </DrawerPart>
            {can("audit:read") ? (
              <DrawerPart title="History">
                <KeyHistory keyId={keyId} />
              </DrawerPart>
            ) : null}
          </>
        )}
      </Loaded>
      {key ? (
        <ConfirmDialog
          open={isDeleting}
          onOpenChange={setDeleting}
          title={`Delete ${key.name}?`}
          action="Delete the key"
          typeToConfirm={key.name}
          pending={remove.isPending}
          error={remove.error ? failureOf(remove.error).message : null}
          onConfirm={() => remove.mutate({ keyId })}
        >
          Whoever holds it is refused from then on, and it cannot be brought back. Revoking does the same and
          can be undone.
        </ConfirmDialog>
      ) : null}
    </Drawer>
  );
}
