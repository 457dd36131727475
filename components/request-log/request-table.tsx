"use client";
import type { Answers } from "../trpc/trpc";
import { Badge, statusTone } from "../ui/badge";
import { Table, Td, Th, Tr } from "../ui/table";
import { Verb } from "../ui/verb";

export type LoggedRequest = Answers["requestLog"]["search"]["items"][number];

const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const date = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "short" });

/** When, what, how it ended, how long. */
export function RequestTable({
  requests,
  openId,
  onOpen,
}: {
  requests: readonly LoggedRequest[];
  openId: string | null;
  onOpen: (requestId: string) => void;
}) {
  return (
    <div className="overflow-x-auto">
      <Table label="Requests">
        <thead>
          <tr>
            <Th>Time</Th>
            <Th>Status</Th>
            <Th>Request</Th>
            <Th className="max-sm:hidden">Key</Th>
            <Th numeric>Latency</Th>
            <Th numeric className="max-md:hidden">
              Back end
            </Th>
          </tr>
        </thead>
        <tbody>
          {requests.map((one) => (
            <Tr key={one.id} selected={one.requestId === openId} onOpen={() => onOpen(one.requestId)}>
              <Td className="num whitespace-nowrap text-muted" title={one.at.toISOString()}>
                <span className="max-lg:hidden">{date.format(one.at)} </span>
                {time.format(one.at)}
              </Td>
              <Td>
                <Badge tone={statusTone(one.status)}>{one.status}</Badge>
              </Td>
              <Td className="max-w-[420px] max-sm:max-w-36">
                <span className="flex min-w-0 items-center gap-1.5">
                  <Verb method={one.method} />
                  <span className="mono truncate">{one.path}</span>
                  {one.isCanary ? <Badge tone="accent">canary</Badge> : null}
                </span>
              </Td>
              <Td className="max-w-40 truncate text-muted max-sm:hidden">{one.keyName ?? "–"}</Td>
              <Td numeric>{one.latencyMs.toFixed(1)} ms</Td>
              <Td numeric className="text-muted max-md:hidden">
                {one.integrationMs > 0 ? `${one.integrationMs.toFixed(1)} ms` : "–"}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
