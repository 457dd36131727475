"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { SquareTerminal } from "lucide-react";
import { useState } from "react";
import { AccessKeySection } from "../access-key/access-key-section";
import { Gate } from "../shell/gate";
import { Loaded } from "../shell/loaded";
import { PageBody, PageHeader } from "../shell/page-header";
import { useCan } from "../shell/session";
import { useSearchState } from "../shell/use-search-state";
import { failureOf } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { CopyableId } from "../ui/copy-button";
import { ConfirmDialog } from "../ui/overlay/confirm-dialog";
import { RelativeTime } from "../ui/relative-time";
import { EmptyState } from "../ui/state/empty-state";
import { Table, Td, Th } from "../ui/table";
import { NewTokenDialog } from "./new-token-dialog";

type Token = Answers["token"]["list"][number];

function TokenRow({ token }: { token: Token }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const canWrite = useCan()("token:write");
  const [isAsking, setAsking] = useState(false);
  const revoke = useMutation(
    trpc.token.revoke.mutationOptions({
      onSuccess: () => {
        setAsking(false);
        return client.invalidateQueries(trpc.token.pathFilter());
      },
    }),
  );
  return (
    <tr>
      <Td className="font-medium">{token.name}</Td>
      <Td>
        <span className="mono text-muted">gh_••••{token.tokenHint}</span>
      </Td>
      <Td>{token.role}</Td>
      <Td>{token.revokedAt ? <Badge tone="bad">revoked</Badge> : <Badge tone="ok">active</Badge>}</Td>
      <Td className="text-muted">
        {token.lastUsedAt ? (
          <RelativeTime at={token.lastUsedAt} />
        ) : (
          <span className="text-faint">never</span>
        )}
      </Td>
      <Td className="text-muted">
        <RelativeTime at={token.createdAt} />
      </Td>
      <Td>
        <CopyableId id={token.id} label="token id" />
      </Td>
      <Td className="w-24 text-right">
        {canWrite && !token.revokedAt ? (
          <Button
            size="sm"
            variant="ghost"
            aria-label={`Revoke ${token.name}`}
            onClick={() => setAsking(true)}
          >
            Revoke
          </Button>
        ) : null}
        <ConfirmDialog
          open={isAsking}
          onOpenChange={setAsking}
          title={`Revoke ${token.name}?`}
          action="Revoke the token"
          pending={revoke.isPending}
          error={revoke.error ? failureOf(revoke.error).message : null}
          onConfirm={() => revoke.mutate({ tokenId: token.id })}
        >
          Programs that use it are refused from their next request on. It cannot be restored.
        </ConfirmDialog>
      </Td>
    </tr>
  );
}

export function TokenScreen() {
  const trpc = useTRPC();
  const can = useCan();
  const search = useSearchState();
  const query = useQuery({ ...trpc.token.list.queryOptions(), enabled: can("token:read") });
  const button = can("token:write") ? (
    <Button variant="primary" onClick={() => search.set({ new: "" })}>
      New token
    </Button>
  ) : null;
  return (
    <>
      <PageHeader crumbs={[{ label: "Machine tokens" }]} actions={query.data?.length ? button : null} />
      <PageBody>
        <Gate permission="token:read">
          <Loaded query={query}>
            {(tokens) =>
              tokens.length === 0 ? (
                <EmptyState icon={<SquareTerminal />} title="No machine tokens" actions={button}>
                  The command line and your pipelines sign in with a token that has a role of its own, as in{" "}
                  <code className="mono">GATEHOUSE_TOKEN=gh_… gatehouse deploy</code>.
                </EmptyState>
              ) : (
                <div className="overflow-x-auto rounded-lg border border-line bg-surface">
                  <Table label="Machine tokens">
                    <thead>
                      <tr>
                        <Th>Name</Th>
                        <Th>Token</Th>
                        <Th>Role</Th>
                        <Th>State</Th>
                        <Th>Last used</Th>
                        <Th>Made</Th>
                        <Th>Id</Th>
                        <Th>
                          <span className="sr-only">Actions</span>
                        </Th>
                      </tr>
                    </thead>
                    <tbody className="[&>tr:last-child>td]:border-0">
                      {tokens.map((token) => (
                        <TokenRow key={token.id} token={token} />
                      ))}
                    </tbody>
                  </Table>
                </div>
              )
            }
          </Loaded>
          <AccessKeySection />
        </Gate>
      </PageBody>
      {search.has("new") && can("token:write") ? (
        <NewTokenDialog onClose={() => search.set({ new: null })} />
      ) : null}
    </>
  );
}
