"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useCan } from "../shell/session";
import { failureOf } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/overlay/confirm-dialog";
import { Drawer } from "../ui/overlay/drawer";
import { DrawerPart } from "../ui/overlay/drawer-part";
import { RelativeTime } from "../ui/relative-time";
import { DomainCertificate } from "./domain-certificate";
import { DomainClients } from "./domain-clients";
import { DomainMappings } from "./domain-mappings";
import type { Domain, DomainList } from "./domain-words";
import { useDomainChange } from "./use-domain-change";

/** One domain name: what it leads to, its certificate, what it asks of clients. */
export function DomainDrawer({
  domain,
  gateway,
  onClose,
}: {
  domain: Domain;
  gateway: DomainList["gateway"];
  onClose: () => void;
}) {
  const { domainName, mappings } = domain;
  const trpc = useTRPC();
  const change = useDomainChange();
  const canWrite = useCan()("api:write");
  const [isAsking, setAsking] = useState(false);
  const remove = useMutation(trpc.domainName.delete.mutationOptions(change(onClose)));
  const ask = () => {
    remove.reset();
    setAsking(true);
  };
  return (
    <Drawer
      open
      onOpenChange={onClose}
      title={domainName}
      description={
        <>
          made <RelativeTime at={domain.createdAt} />
        </>
      }
      footer={
        canWrite ? (
          <Button variant="danger" onClick={ask}>
            Delete…
          </Button>
        ) : null
      }
    >
      <DrawerPart title="Leads to">
        <DomainMappings domain={domain} gateway={gateway} canWrite={canWrite} />
      </DrawerPart>
      <DrawerPart title="Certificate">
        <DomainCertificate domain={domain} canWrite={canWrite} />
      </DrawerPart>
      <DrawerPart title="Clients">
        <DomainClients domain={domain} canWrite={canWrite} />
      </DrawerPart>
      <DrawerPart title="DNS">
        <p className="text-muted">
          Point {domainName} at the machine of the gateway: an A or AAAA record with its address, or a CNAME
          to its name. Nothing here asks for it: the gateway serves every request that names {domainName}.
        </p>
      </DrawerPart>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={`Delete ${domainName}?`}
        action="Delete the domain name"
        pending={remove.isPending}
        typeToConfirm={mappings.length > 0 ? domainName : undefined}
        error={remove.error ? failureOf(remove.error).message : null}
        onConfirm={() => remove.mutate({ domainName })}
      >
        {mappings.length === 0
          ? "Nothing is mapped on it. Its certificate goes with it."
          : `Clients of ${mappings.length === 1 ? "1 mapping" : `${mappings.length} mappings`} are refused from their next request on. The certificate and its key go with it and cannot be restored.`}
      </ConfirmDialog>
    </Drawer>
  );
}
