"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeySquare } from "lucide-react";
import { useState } from "react";
import { Loaded } from "../shell/loaded";
import { useCan } from "../shell/session";
import { failureOf } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { CopyableId } from "../ui/copy-button";
import { ConfirmDialog } from "../ui/overlay/confirm-dialog";
import { RelativeTime } from "../ui/relative-time";
import { EmptyState } from "../ui/state/empty-state";
import { Table, Td, Th } from "../ui/table";
import { NewAccessKeyDialog } from "./new-access-key-dialog";

type AccessKey = Answers["accessKey"]["list"][number];

function AccessKeyRow({ accessKey }: { accessKey: AccessKey }) {
  const { id, name, role, revokedAt, lastUsedAt, createdAt } = accessKey;
  const trpc = useTRPC();
  const client = useQueryClient();
  const canWrite = useCan()("token:write");
  const [isAsking, setAsking] = useState(false);
  const revoke = useMutation(
    trpc.accessKey.revoke.mutationOptions({
      onSuccess: () => {
        setAsking(false);
        return client.invalidateQueries(trpc.accessKey.pathFilter());
      },
    }),
  );
  return (
    <tr>
      <Td className="font-medium">{name}</Td>
      <Td>
        <CopyableId id={id} label="access key id" />
      </Td>
      <Td>{role}</Td>
      <Td>{revokedAt ? <Badge tone="bad">revoked</Badge> : <Badge tone="ok">active</Badge>}</Td>
      <Td className="text-muted">
        {lastUsedAt ? <RelativeTime at={lastUsedAt} /> : <span className="text-faint">never</span>}
      </Td>
      <Td className="text-muted">
        <RelativeTime at={createdAt} />
      </Td>
      <Td className="w-24 text-right">
        {canWrite && !revokedAt ? (
          <Button size="sm" variant="ghost" aria-label={`Revoke ${name}`} onClick={() => setAsking(true)}>
            Revoke
          </Button>
        ) : null}
        <ConfirmDialog
          open={isAsking}
          onOpenChange={setAsking}
          title={`Revoke ${name}?`}
          action="Revoke the access key"
          pending={revoke.isPending}
          error={revoke.error ? failureOf(revoke.error).message : null}
          onConfirm={() => revoke.mutate({ accessKeyId: id })}
        >
          Requests signed with it are refused from the next one on. It cannot be restored.
        </ConfirmDialog>
      </Td>
    </tr>
  );
}

/** The access keys of AWS's clients, below the machine tokens. */
export function AccessKeySection() {
  const trpc = useTRPC();
  const canWrite = useCan()("token:write");
  const [isMaking, setMaking] = useState(false);
  const query = useQuery(trpc.accessKey.list.queryOptions());
  const button = canWrite ? <Button onClick={() => setMaking(true)}>New access key</Button> : null;
  return (
    <section aria-label="Access keys" className="mt-8 flex flex-col gap-3">
      <div className="flex items-center justify-between gap-3">
        <h2 className="font-semibold text-ink">Access keys</h2>
        {query.data?.length ? button : null}
      </div>
      <Loaded query={query}>
        {(keys) =>
          keys.length === 0 ? (
            <EmptyState icon={<KeySquare />} title="No access keys" actions={button}>
              AWS's command line, SDKs and Terraform sign with an access key when they manage APIs at{" "}
              <code className="mono">/aws</code>.
            </EmptyState>
          ) : (
            <div className="overflow-x-auto rounded-lg border border-line bg-surface">
              <Table label="Access keys">
                <thead>
                  <tr>
                    <Th>Name</Th>
                    <Th>Access key id</Th>
                    <Th>Role</Th>
                    <Th>State</Th>
                    <Th>Last used</Th>
                    <Th>Made</Th>
                    <Th>
                      <span className="sr-only">Actions</span>
                    </Th>
                  </tr>
                </thead>
                <tbody className="[&>tr:last-child>td]:border-0">
                  {keys.map((key) => (
                    <AccessKeyRow key={key.id} accessKey={key} />
                  ))}
                </tbody>
              </Table>
            </div>
          )
        }
      </Loaded>
      {isMaking ? <NewAccessKeyDialog onClose={() => setMaking(false)} /> : null}
    </section>
  );
}
