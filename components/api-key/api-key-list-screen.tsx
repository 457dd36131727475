"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { Gate } from "../shell/gate";
import { ListSearch } from "../shell/list-search";
import { Loaded } from "../shell/loaded";
import { PageBody, PageHeader } from "../shell/page-header";
import { useCan } from "../shell/session";
import { useShortcut } from "../shell/shortcuts";
import { useSearchState } from "../shell/use-search-state";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/state/empty-state";
import { IssueKeyDialog } from "./issue-key-dialog";
import { KeyDrawer } from "./key-drawer";
import { KeyTable } from "./key-table";

const PAGE = 50;

export function ApiKeyListScreen() {
  const trpc = useTRPC();
  const canIssue = useCan()("key:write");
  const search = useSearchState();
  const text = search.get("q") ?? "";
  const query = useInfiniteQuery(
    trpc.apiKey.list.infiniteQueryOptions(
      { limit: PAGE, ...(text ? { search: text } : {}) },
      {
        getNextPageParam: (page) => page.nextCursor,
        refetchInterval: 4_000,
        placeholderData: (before) => before,
      },
    ),
  );
  const open = (keyId: string) => search.set({ key: keyId });
  const issue = () => search.set({ issue: "" });
  useShortcut({ keys: "n", label: "Issue an API key", run: issue }, canIssue);
  const button = canIssue ? (
    <Button variant="primary" onClick={issue}>
      Issue a key
    </Button>
  ) : null;
  const shown = search.get("key");
  return (
    <>
      <PageHeader crumbs={[{ label: "API keys" }]} actions={button} />
      <PageBody>
        <Gate permission="key:read">
          <div className="flex flex-col gap-3">
            <ListSearch
              label="Search keys"
              placeholder="Name, customer, id or last 4 characters"
              className="max-w-[360px]"
            />
            <Loaded query={query}>
              {({ pages }) => {
                const keys = pages.flatMap((page) => page.items);
                if (keys.length === 0)
                  return text ? (
                    <EmptyState
                      title={`No key matches “${text}”`}
                      actions={<Button onClick={() => search.set({ q: null })}>Show all keys</Button>}
                    >
                      A whole value finds its key too; part of a value only by its last four characters.
                    </EmptyState>
                  ) : (
                    <EmptyState icon={<KeyRound />} title="No API keys yet" actions={button}>
                      A key lets one customer call the methods that require one, within the limits of its
                      usage plan.
                    </EmptyState>
                  );
                return (
                  <>
                    <KeyTable keys={keys} shown={shown} onOpen={open} />
                    {query.hasNextPage ? (
                      <Button
                        className="self-center"
                        pending={query.isFetchingNextPage}
                        onClick={() => void query.fetchNextPage()}
                      >
                        Load more
                      </Button>
                    ) : null}
                  </>
                );
              }}
            </Loaded>
          </div>
        </Gate>
      </PageBody>
      {shown ? <KeyDrawer key={shown} keyId={shown} onClose={() => search.set({ key: null })} /> : null}
      {search.has("issue") && canIssue ? (
        <IssueKeyDialog
          planId={search.get("issue") || undefined}
          onClose={(keyId) => search.set({ issue: null, ...(keyId ? { key: keyId } : {}) })}
        />
      ) : null}
    </>
  );
}
