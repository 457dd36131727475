"use client";
import { useQuery } from "@tanstack/react-query";
import { Boxes, Ellipsis, Plus, Trash2, Upload, Workflow } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { ListSearch } from "../shell/list-search";
import { Loaded } from "../shell/loaded";
import { PageBody, PageHeader } from "../shell/page-header";
import { useCan } from "../shell/session";
import { useShortcut } from "../shell/shortcuts";
import { useSearchState } from "../shell/use-search-state";
import { useShownRows } from "../shell/use-shown-rows";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { CopyableId } from "../ui/copy-button";
import { IconButton } from "../ui/icon-button";
import { DropdownMenu, MenuItem, MenuSeparator } from "../ui/overlay/dropdown-menu";
import { RelativeTime } from "../ui/relative-time";
import { EmptyState } from "../ui/state/empty-state";
import { Table, Td, Th, Tr } from "../ui/table";
import { DeletedApisDrawer } from "./deleted-apis-drawer";
import { NewApiDialog } from "./new-api-dialog";
import { StageStates } from "./stage-states";
import { useDeleteApi } from "./use-delete-api";

type ApiRow = Answers["api"]["list"][number];

function ApiTable({ apis }: { apis: readonly ApiRow[] }) {
  const router = useRouter();
  const can = useCan();
  const deleteApi = useDeleteApi();
  const { shown, more } = useShownRows(apis);
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-surface">
      <Table label="APIs">
        <thead>
          <tr>
            <Th>Name</Th>
            <Th>State</Th>
            <Th numeric>Resources</Th>
            <Th numeric>Methods</Th>
            <Th>Changed</Th>
            <Th>Id</Th>
            <Th className="w-10">
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-0">
          {shown.map((api) => (
            <Tr key={api.id} onOpen={() => router.push(`/apis/${api.id}/design`)}>
              <Td className="max-w-[340px]">
                <Link href={`/apis/${api.id}/design`} className="font-medium hover:underline">
                  {api.name}
                </Link>
                {api.description ? (
                  <span className="block truncate text-faint text-sm">{api.description}</span>
                ) : null}
              </Td>
              <Td>
                <StageStates apiId={api.id} stages={api.stages} />
              </Td>
              <Td numeric>{api.resourceCount}</Td>
              <Td numeric>{api.methodCount}</Td>
              <Td className="whitespace-nowrap text-muted">
                <RelativeTime at={api.updatedAt} />
              </Td>
              <Td>
                <CopyableId id={api.id} label="API id" />
              </Td>
              <Td className="pl-0">
                <DropdownMenu
                  trigger={
                    <IconButton label={`Actions for ${api.name}`} size="sm">
                      <Ellipsis />
                    </IconButton>
                  }
                >
                  <MenuItem onSelect={() => router.push(`/apis/${api.id}/design`)}>
                    <Workflow /> Design
                  </MenuItem>
                  {can("api:write") ? (
                    <MenuItem onSelect={() => router.push(`/apis/import?into=${api.id}`)}>
                      <Upload /> Import into it…
                    </MenuItem>
                  ) : null}
                  {can("api:delete") ? (
                    <>
                      <MenuSeparator />
                      <MenuItem
                        danger
                        onSelect={() =>
                          deleteApi.ask({ id: api.id, name: api.name, stages: api.stages.length })
                        }
                      >
                        <Trash2 /> Delete
                      </MenuItem>
                    </>
                  ) : null}
                </DropdownMenu>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {more}
      {deleteApi.dialog}
    </div>
  );
}

/** For the first visit: the three ways to begin. */
export function FirstApi() {
  const can = useCan();
  return (
    <EmptyState
      icon={<Boxes />}
      title="No APIs yet"
      actions={
        can("api:write") ? (
          <>
            <Button asChild variant="primary">
              <Link href="/apis/import?sample">Start from the sample</Link>
            </Button>
            <Button asChild>
              <Link href="/apis/import">
                <Upload /> Import OpenAPI
              </Link>
            </Button>
            <Button asChild>
              <Link href="/apis?new">
                <Plus /> Empty API
              </Link>
            </Button>
          </>
        ) : null
      }
    >
      An API is a tree of resources whose methods lead to back ends. Import an OpenAPI or Swagger document,
      with or without Amazon's extensions, or start from the pet store and change it.
    </EmptyState>
  );
}

export function ApiListScreen() {
  const trpc = useTRPC();
  const can = useCan();
  const search = useSearchState();
  const query = useQuery(trpc.api.list.queryOptions());
  const canWrite = can("api:write");
  useShortcut({ keys: "n", label: "New API", run: () => search.set({ new: "" }) }, canWrite);
  const text = (search.get("q") ?? "").toLowerCase();
  const matches = (api: ApiRow) => `${api.name} ${api.description} ${api.id}`.toLowerCase().includes(text);
  return (
    <>
      <PageHeader
        crumbs={[{ label: "APIs" }]}
        actions={
          <>
            {can("api:delete") ? (
              <Button variant="ghost" onClick={() => search.set({ deleted: "" })} className="max-sm:hidden">
                Deleted
              </Button>
            ) : null}
            {canWrite ? (
              <>
                <Button asChild>
                  <Link href="/apis/import">
                    <Upload /> Import
                  </Link>
                </Button>
                <Button variant="primary" onClick={() => search.set({ new: "" })}>
                  New API
                </Button>
              </>
            ) : null}
          </>
        }
      />
      <PageBody>
        <Loaded query={query}>
          {(apis) =>
            apis.length === 0 ? (
              <FirstApi />
            ) : (
              <div className="flex flex-col gap-3">
                <ListSearch label="Filter APIs" placeholder="Name or id" />
                {apis.some(matches) ? (
                  <ApiTable apis={apis.filter(matches)} />
                ) : (
                  <EmptyState
                    title={`No API matches “${search.get("q")}”`}
                    actions={<Button onClick={() => search.set({ q: null })}>Show all {apis.length}</Button>}
                  />
                )}
              </div>
            )
          }
        </Loaded>
      </PageBody>
      {search.has("new") ? <NewApiDialog onClose={() => search.set({ new: null })} /> : null}
      <DeletedApisDrawer open={search.has("deleted")} onClose={() => search.set({ deleted: null })} />
    </>
  );
}
