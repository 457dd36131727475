"use client";
import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import Link from "next/link";
import { FirstApi } from "../api/api-list-screen";
import { StageStates } from "../api/stage-states";
import { actionWords } from "../audit/audit-words";
import { Loaded } from "../shell/loaded";
import { PageBody, PageHeader } from "../shell/page-header";
import { useCan, useSession } from "../shell/session";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { CopyableId } from "../ui/copy-button";
import { RelativeTime } from "../ui/relative-time";
import { Fact, Section } from "../ui/section";
import { SkeletonRows } from "../ui/state/skeleton";
import { StateDot, StateLabel } from "../ui/state-dot";
import { Table, Td, Th } from "../ui/table";
import { formatNumber } from "../usage-plan/limit-words";
import { FailingMethods } from "./failing-methods";
import { type Attention, useAttention, useRecentTraffic } from "./use-attention";

type ApiRow = Answers["api"]["list"][number];

function AttentionRow({ item }: { item: Attention }) {
  const [, apiId, stageName] = /^\/apis\/([^/]+)\/stages\/([^/]+)$/.exec(item.href) ?? [];
  return (
    <li className="border-line border-b last:border-0">
      <Link
        href={item.href}
        className="flex items-baseline gap-2.5 px-3.5 py-2 hover:bg-hover/60 focus-visible:outline-offset-[-2px]"
      >
        <StateDot state={item.state} />
        <span className="min-w-0 flex-1">
          <span className="font-medium">{item.text}</span>
          <span className="text-muted"> {item.detail}</span>
          {apiId && stageName ? (
            <FailingMethods apiId={apiId} stageName={decodeURIComponent(stageName)} />
          ) : null}
        </span>
      </Link>
    </li>
  );
}

function NeedsYou({ apis }: { apis: readonly ApiRow[] }) {
  const items = useAttention(apis);
  return (
    <Section
      title="Needs attention"
      aside={items?.length ? <span className="num">{items.length}</span> : null}
    >
      {items === undefined ? (
        <SkeletonRows rows={3} columns={[70]} />
      ) : items.length === 0 ? (
        <p className="flex items-center gap-2 px-3.5 py-3 text-muted">
          <CircleCheck className="size-4 text-ok" /> Nothing: drafts are deployed, nodes are alive, no stage
          fails.
        </p>
      ) : (
        <ul>
          {items.map((item) => (
            <AttentionRow key={item.id} item={item} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function ApiOverview({ apis }: { apis: readonly ApiRow[] }) {
  const traffic = useRecentTraffic(apis);
  const recent = [...apis].sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime()).slice(0, 8);
  return (
    <Section
      title="APIs"
      aside={
        <Link href="/apis" className="text-accent hover:underline">
          All {apis.length}
        </Link>
      }
    >
      <div className="overflow-x-auto">
        <Table label="Recently changed APIs">
          <thead>
            <tr>
              <Th>Name</Th>
              <Th>State</Th>
              <Th numeric>Last hour</Th>
              <Th numeric>5xx</Th>
              <Th>Changed</Th>
            </tr>
          </thead>
          <tbody className="[&>tr:last-child>td]:border-0">
            {recent.map((api) => {
              const own = traffic.filter((stage) => stage.api.id === api.id);
              const count = own.reduce((sum, stage) => sum + stage.count, 0);
              const errors = own.reduce((sum, stage) => sum + stage.errors5xx, 0);
              return (
                <tr key={api.id}>
                  <Td className="max-w-[240px]">
                    <Link
                      href={`/apis/${api.id}/design`}
                      className="block truncate font-medium hover:underline"
                    >
                      {api.name}
                    </Link>
                  </Td>
                  <Td>
                    <StageStates apiId={api.id} stages={api.stages} />
                  </Td>
                  <Td numeric className={count === 0 ? "text-faint" : undefined}>
                    {formatNumber(count)}
                  </Td>
                  <Td numeric className={errors > 0 ? "text-bad" : "text-faint"}>
                    {formatNumber(errors)}
                  </Td>
                  <Td className="whitespace-nowrap text-muted">
                    <RelativeTime at={api.updatedAt} />
                  </Td>
                </tr>
              );
            })}
          </tbody>
        </Table>
      </div>
    </Section>
  );
}

function GatewayFacts() {
  const trpc = useTRPC();
  const { data: session } = useSession();
  const nodes = useQuery({ ...trpc.node.list.queryOptions(), refetchInterval: 10_000 });
  const alive = nodes.data?.filter((node) => node.isAlive).length;
  return (
    <Section title="Gateway" padded>
      <dl>
        <Fact name="Address">
          <CopyableId id={session?.gatewayUrl ?? "…"} label="gateway URL" />
        </Fact>
        <Fact name="Nodes">
          {nodes.data ? (
            <Link href="/nodes" className="rounded-xs hover:underline">
              <StateLabel state={alive ? "live" : "failing"} className="text-ink">
                {alive} of {nodes.data.length} alive
              </StateLabel>
            </Link>
          ) : (
            "…"
          )}
        </Fact>
        <Fact name="Workspace">{session?.workspace.name}</Fact>
        <Fact name="Version">
          <span className="num">{session?.version}</span>
        </Fact>
      </dl>
    </Section>
  );
}

function RecentActivity() {
  const trpc = useTRPC();
  const audit = useQuery({ ...trpc.audit.list.queryOptions({}), enabled: useCan()("audit:read") });
  const items = audit.data?.items.slice(0, 10) ?? [];
  if (items.length === 0) return null;
  return (
    <Section
      title="Lately"
      aside={
        <Link href="/audit" className="text-accent hover:underline">
          Audit log
        </Link>
      }
    >
      <ul className="py-1">
        {items.map((entry) => (
          <li key={entry.id} className="px-3.5 py-1">
            <span className="font-medium">{entry.actorName}</span>{" "}
            <span className="text-muted">{actionWords(entry.action)}</span> {entry.subject}
            <RelativeTime at={entry.createdAt} className="block text-faint text-sm" />
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function HomeScreen() {
  const trpc = useTRPC();
  const can = useCan();
  const query = useQuery({ ...trpc.api.list.queryOptions(), refetchInterval: 30_000 });
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Home" }]}
        actions={
          can("api:write") && query.data?.length ? (
            <Button variant="primary" asChild>
              <Link href="/apis?new">New API</Link>
            </Button>
          ) : null
        }
      />
      <PageBody>
        <Loaded query={query}>
          {(apis) =>
            apis.length === 0 ? (
              <FirstApi />
            ) : (
              <div className="grid items-start gap-4 lg:grid-cols-[1fr_320px]">
                <div className="flex min-w-0 flex-col gap-4">
                  <NeedsYou apis={apis} />
                  <ApiOverview apis={apis} />
                </div>
                <div className="flex min-w-0 flex-col gap-4">
                  <GatewayFacts />
                  <RecentActivity />
                </div>
              </div>
            )
          }
        </Loaded>
      </PageBody>
    </>
  );
}
