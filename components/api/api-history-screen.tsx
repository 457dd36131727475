"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { Loaded } from "../shell/loaded";
import { PageBody } from "../shell/page-header";
import { useTRPC } from "../trpc/trpc";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { cx } from "../ui/class-names";
import { RelativeTime } from "../ui/relative-time";
import { EmptyState } from "../ui/state/empty-state";
import { Table, Td, Th } from "../ui/table";
import { ApiHeader } from "./api-header";

/** Every saved edit of the draft, newest first. */
export function ApiHistoryScreen({ apiId }: { apiId: string }) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.api.history.infiniteQueryOptions({ apiId }, { getNextPageParam: (page) => page.nextCursor }),
  );
  return (
    <>
      <ApiHeader apiId={apiId} section="History" />
      <PageBody>
        <Loaded query={query}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.items);
            if (rows.length === 0)
              return (
                <EmptyState icon={<History />} title="No edits yet">
                  Each change to the draft is kept here, with who made it and through which door.
                </EmptyState>
              );
            return (
              <div className="flex flex-col gap-3">
                <div className="overflow-x-auto rounded-lg border border-line bg-surface">
                  <Table label="Edit history">
                    <thead>
                      <tr>
                        <Th numeric className="w-20">
                          Revision
                        </Th>
                        <Th>What</Th>
                        <Th>Who</Th>
                        <Th>When</Th>
                      </tr>
                    </thead>
                    <tbody className="[&>tr:last-child>td]:border-0">
                      {rows.map((row) => (
                        <tr key={row.revision}>
                          <Td numeric className="text-muted">
                            {row.revision}
                          </Td>
                          <Td>
                            <span className={cx(row.undone && "text-muted line-through")}>{row.label}</span>{" "}
                            {row.undone ? <Badge>undone</Badge> : null}
                          </Td>
                          <Td className="text-muted">
                            {row.actorName} {row.channel === "console" ? null : <Badge>{row.channel}</Badge>}
                          </Td>
                          <Td className="whitespace-nowrap text-muted">
                            <RelativeTime at={row.createdAt} />
                          </Td>
                        </tr>
                      ))}
                    </tbody>
                  </Table>
                </div>
                {query.hasNextPage ? (
                  <Button
                    className="self-center"
                    pending={query.isFetchingNextPage}
                    onClick={() => void query.fetchNextPage()}
                  >
                    Load older edits
                  </Button>
                ) : null}
              </div>
            );
          }}
        </Loaded>
      </PageBody>
    </>
  );
}
