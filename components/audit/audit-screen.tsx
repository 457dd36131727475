"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText } from "lucide-react";
import { useState } from "react";
import { counted } from "../shell/count-words";
import { Gate } from "../shell/gate";
import { ListSearch } from "../shell/list-search";
import { Loaded } from "../shell/loaded";
import { PageBody, PageHeader } from "../shell/page-header";
import { useCan } from "../shell/session";
import { useSearchState } from "../shell/use-search-state";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { CodeBlock } from "../ui/code-block";
import { Select } from "../ui/select";
import { EmptyState } from "../ui/state/empty-state";
import { AUDIT_KINDS, actionWords } from "./audit-words";

type Entry = Answers["audit"]["list"]["items"][number];

const dayOf = (date: Date) =>
  date.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });
const clockOf = (date: Date) => date.toLocaleTimeString("en-GB");

function AuditRow({ entry }: { entry: Entry }) {
  const [isOpen, setOpen] = useState(false);
  const detail = (entry.detail ?? {}) as Record<string, unknown>;
  return (
    <li className="border-line border-b last:border-0">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex min-h-8 w-full items-center gap-3 px-3.5 py-1 text-left hover:bg-hover/60 focus-visible:outline-offset-[-2px]"
      >
        <time
          dateTime={entry.createdAt.toISOString()}
          className="num w-16 shrink-0 text-muted text-sm"
          title={entry.createdAt.toISOString()}
        >
          {clockOf(entry.createdAt)}
        </time>
        <span className="min-w-0 flex-1">
          <span className="font-medium">{entry.actorName}</span>{" "}
          <span className="text-muted">{actionWords(entry.action)}</span> {entry.subject}
        </span>
        {entry.channel === "console" ? null : <Badge>{entry.channel}</Badge>}
        <span className="mono text-faint max-md:hidden">{entry.action}</span>
      </button>
      {isOpen ? (
        <div className="px-3.5 pb-2.5">
          <CodeBlock code={JSON.stringify(detail, null, 2)} label="Details" />
        </div>
      ) : null}
    </li>
  );
}

function matches(entry: Entry, kind: string, text: string): boolean {
  if (kind && !entry.action.startsWith(`${kind}.`)) return false;
  const haystack = `${entry.actorName} ${entry.action} ${entry.subject} ${JSON.stringify(entry.detail)}`;
  return haystack.toLowerCase().includes(text.toLowerCase());
}

function Days({ entries }: { entries: readonly Entry[] }) {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const day = dayOf(entry.createdAt);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return (
    <div className="flex flex-col gap-4">
      {[...days].map(([day, list]) => (
        <section key={day} aria-label={day}>
          <h2 className="mb-1.5 text-muted text-sm">{day}</h2>
          <ul className="rounded-lg border border-line bg-surface">
            {list.map((entry) => (
              <AuditRow key={entry.id} entry={entry} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Why no entry is shown, and the way to some. */
function NoEntries({
  count,
  hasOlder,
  onShowAll,
}: {
  /** Entries that are loaded: the filters let none of them through. */
  count: number;
  hasOlder: boolean;
  onShowAll: () => void;
}) {
  if (count === 0)
    return (
      <EmptyState icon={<ScrollText />} title="Nothing yet">
        Every change in this workspace is written down here, with who made it and how.
      </EmptyState>
    );
  const entries = counted(count, "entry", "entries");
  return (
    <EmptyState
      icon={<ScrollText />}
      title="Nothing matches"
      actions={<Button onClick={onShowAll}>Remove the filters</Button>}
    >
      {hasOlder
        ? `Looked through the newest ${entries}. Load older ones to look further.`
        : `Looked through the whole log: ${entries}.`}
    </EmptyState>
  );
}

/** Who did what, newest first. Filters look through what is loaded. */
export function AuditScreen() {
  const trpc = useTRPC();
  const search = useSearchState();
  const isAllowed = useCan()("audit:read");
  const query = useInfiniteQuery({
    ...trpc.audit.list.infiniteQueryOptions({}, { getNextPageParam: (page) => page.nextCursor }),
    enabled: isAllowed,
  });
  const kind = search.get("kind") ?? "";
  const text = search.get("q") ?? "";
  return (
    <>
      <PageHeader crumbs={[{ label: "Audit log" }]} />
      <PageBody>
        <Gate permission="audit:read">
          <div className="flex flex-col gap-4">
            <div className="flex flex-wrap items-center gap-3">
              <ListSearch label="Filter entries" placeholder="Person, thing or id" />
              <Select
                aria-label="Kind"
                className="w-48"
                value={kind || "all"}
                onValueChange={(value) => search.set({ kind: value === "all" ? null : value })}
                options={AUDIT_KINDS.map(([value, label]) => ({ value: value || "all", label }))}
              />
            </div>
            <Loaded query={query}>
              {({ pages }) => {
                const all = pages.flatMap((page) => page.items);
                const shown = all.filter((entry) => matches(entry, kind, text));
                return (
                  <>
                    {shown.length === 0 ? (
                      <NoEntries
                        count={all.length}
                        hasOlder={query.hasNextPage}
                        onShowAll={() => search.set({ kind: null, q: null })}
                      />
                    ) : (
                      <Days entries={shown} />
                    )}
                    {query.hasNextPage ? (
                      <Button
                        className="self-center"
                        pending={query.isFetchingNextPage}
                        onClick={() => void query.fetchNextPage()}
                      >
                        Load older entries
                      </Button>
                    ) : null}
                  </>
                );
              }}
            </Loaded>
          </div>
        </Gate>
      </PageBody>
    </>
  );
}
