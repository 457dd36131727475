"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { ROLES, type Role } from "@/server/domain/permissions";
import { Gate } from "../shell/gate";
import { Loaded } from "../shell/loaded";
import { PageBody, PageHeader } from "../shell/page-header";
import { useCan } from "../shell/session";
import { useSearchState } from "../shell/use-search-state";
import { failureOf } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { ConfirmDialog } from "../ui/overlay/confirm-dialog";
import { RelativeTime } from "../ui/relative-time";
import { Select } from "../ui/select";
import { Table, Td, Th } from "../ui/table";
import { AddPersonDialog } from "./add-person-dialog";
import { RoleTable } from "./role-table";
import { ROLE_WORDS } from "./role-words";

type Person = Answers["people"]["list"][number];

function PersonRow({ person }: { person: Person }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const canWrite = useCan()("people:write");
  const [isRemoving, setRemoving] = useState(false);
  const refresh = () =>
    Promise.all([
      client.invalidateQueries(trpc.people.pathFilter()),
      client.invalidateQueries(trpc.session.pathFilter()),
    ]);
  const setRole = useMutation(
    trpc.people.setRole.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toast.error(failureOf(error).message),
    }),
  );
  const remove = useMutation(
    trpc.people.remove.mutationOptions({
      onSuccess: () => {
        setRemoving(false);
        return refresh();
      },
    }),
  );
  return (
    <tr className="group">
      <Td>
        <span className="font-medium">{person.name}</span> {person.isYou ? <Badge>you</Badge> : null}
        <span className="block text-faint text-sm [overflow-wrap:anywhere]">{person.email}</span>
      </Td>
      <Td className="w-44 max-md:w-32 max-md:px-0">
        {canWrite ? (
          <Select
            aria-label={`Role of ${person.name}`}
            value={setRole.isPending ? setRole.variables.role : person.role}
            disabled={setRole.isPending}
            onValueChange={(role) => setRole.mutate({ userId: person.userId, role: role as Role })}
            options={ROLES.map((role) => ({ value: role, label: role }))}
          />
        ) : (
          person.role
        )}
      </Td>
      <Td className="text-muted max-md:hidden">{ROLE_WORDS[person.role]}</Td>
      <Td className="whitespace-nowrap text-muted max-md:hidden">
        <RelativeTime at={person.createdAt} />
      </Td>
      <Td className="w-24 text-right max-md:w-20 max-md:px-1.5">
        {canWrite && !person.isYou ? (
          <Button
            size="sm"
            variant="ghost"
            onClick={() => setRemoving(true)}
            aria-label={`Remove ${person.name}`}
          >
            Remove
          </Button>
        ) : null}
        <ConfirmDialog
          open={isRemoving}
          onOpenChange={setRemoving}
          title={`Remove ${person.name}?`}
          action="Remove"
          pending={remove.isPending}
          error={remove.error ? failureOf(remove.error).message : null}
          onConfirm={() => remove.mutate({ userId: person.userId })}
        >
          Their sessions end at once. What they did stays in the audit log under their name.
        </ConfirmDialog>
      </Td>
    </tr>
  );
}

export function PeopleScreen() {
  const trpc = useTRPC();
  const canWrite = useCan()("people:write");
  const search = useSearchState();
  const query = useQuery(trpc.people.list.queryOptions());
  return (
    <>
      <PageHeader
        crumbs={[{ label: "People and roles" }]}
        actions={
          canWrite ? (
            <Button variant="primary" onClick={() => search.set({ add: "" })}>
              Add a person
            </Button>
          ) : null
        }
      />
      <PageBody>
        <Gate permission="people:read">
          <div className="flex flex-col gap-4">
            <Loaded query={query}>
              {(people) => (
                <div className="overflow-x-auto rounded-lg border border-line bg-surface">
                  <Table label="People">
                    <thead>
                      <tr>
                        <Th>Person</Th>
                        <Th className="max-md:px-0">Role</Th>
                        <Th className="max-md:hidden">May</Th>
                        <Th className="max-md:hidden">Since</Th>
                        <Th>
                          <span className="sr-only">Actions</span>
                        </Th>
                      </tr>
                    </thead>
                    <tbody className="[&>tr:last-child>td]:border-0">
                      {people.map((person) => (
                        <PersonRow key={person.userId} person={person} />
                      ))}
                    </tbody>
                  </Table>
                </div>
              )}
            </Loaded>
            <RoleTable />
          </div>
        </Gate>
      </PageBody>
      {search.has("add") && canWrite ? <AddPersonDialog onClose={() => search.set({ add: null })} /> : null}
    </>
  );
}
