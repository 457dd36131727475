"use client";
import { useQuery } from "@tanstack/react-query";
import { actionWords } from "../audit/audit-words";
import { Loaded } from "../shell/loaded";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Badge } from "../ui/badge";
import { RelativeTime } from "../ui/relative-time";
import { formatNumber } from "../usage-plan/limit-words";

type Entry = Answers["apiKey"]["history"][number];

/** What was done to a key, newest first, in words, with the reason where one was given. */
export function KeyHistory({ keyId }: { keyId: string }) {
  const trpc = useTRPC();
  const history = useQuery(trpc.apiKey.history.queryOptions({ keyId }));
  return (
    <Loaded query={history} skeleton={<div className="h-24" />}>
      {(entries) => (
        <>
          {entries.length === 0 ? <p className="text-muted">Nothing is written down.</p> : null}
          <ul className="flex flex-col gap-1.5">
            {entries.map((entry) => (
              <li key={entry.id} className="grid grid-cols-[1fr_auto] gap-x-3">
                <span className="min-w-0">
                  <span className="font-medium">{entry.actorName}</span>{" "}
                  <span className="text-muted">{actionWords(entry.action)}</span> {entry.subject}
                  {entry.channel === "console" ? null : <Badge className="ml-1.5">{entry.channel}</Badge>}
                  <Detail entry={entry} />
                </span>
                <RelativeTime at={entry.createdAt} className="num text-faint text-sm" />
              </li>
            ))}
          </ul>
        </>
      )}
    </Loaded>
  );
}

function Detail({ entry }: { entry: Entry }) {
  const { more, remaining, reason } = (entry.detail ?? {}) as Record<string, unknown>;
  const words = [
    ...(typeof more === "number" ? [`${formatNumber(more)} more`] : []),
    ...(typeof remaining === "number" ? [`${formatNumber(remaining)} left then`] : []),
    ...(typeof reason === "string" ? [`“${reason}”`] : []),
  ];
  if (words.length === 0) return null;
  return <span className="block text-muted text-sm">{words.join(", ")}</span>;
}
