"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { KeyRound, X } from "lucide-react";
import Link from "next/link";
import { useDeferredValue, useState } from "react";
import { toast } from "sonner";
import { Loaded } from "../shell/loaded";
import { useCan } from "../shell/session";
import { failureOf } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import { Popover } from "../ui/overlay/popover";
import { Section } from "../ui/section";
import { EmptyState } from "../ui/state/empty-state";
import { Table, Td, Th } from "../ui/table";
import { formatNumber } from "./limit-words";
import { UsedBar } from "./quota-bar";
import { UsageChart } from "./usage-chart";
import { useRefreshPlans } from "./use-refresh-plans";

type Plan = Answers["usagePlan"]["get"];
type PlanKey = Answers["usagePlan"]["usage"]["keys"][number];

function AddKey({ plan }: { plan: Plan }) {
  const trpc = useTRPC();
  const refresh = useRefreshPlans();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState("");
  const search = useDeferredValue(text.trim());
  const keys = useQuery({
    ...trpc.apiKey.list.queryOptions({ limit: 12, ...(search ? { search } : {}) }),
    enabled: isOpen,
  });
  const attach = useMutation(
    trpc.usagePlan.attachKey.mutationOptions({
      onSuccess: async () => {
        setOpen(false);
        setText("");
        await refresh();
      },
      onError: (error) => toast.error("Not added", { description: failureOf(error).message }),
    }),
  );
  const free = (keys.data?.items ?? []).filter((key) => !key.plans.some((other) => other.id === plan.id));
  return (
    <Popover
      label="Add a key that exists"
      align="end"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<Button size="sm">Add a key</Button>}
    >
      <Input
        autoFocus
        aria-label="Find a key"
        placeholder="Name, customer, id or last 4 characters"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className="mt-2 max-h-64 overflow-y-auto" aria-label="Keys">
        {free.map((key) => (
          <li key={key.id}>
            <button
              type="button"
              disabled={attach.isPending}
              onClick={() => attach.mutate({ planId: plan.id, keyId: key.id })}
              className="flex w-full items-baseline gap-2 rounded-sm px-2 py-1 text-left hover:bg-hover"
            >
              <span className="truncate">{key.name}</span>
              <span className="mono ml-auto text-faint">…{key.valueHint}</span>
            </button>
          </li>
        ))}
        {keys.data && free.length === 0 ? (
          <li className="px-2 py-3 text-muted">No other key matches.</li>
        ) : null}
      </ul>
    </Popover>
  );
}

function KeyRow({ plan, planKey }: { plan: Plan; planKey: PlanKey }) {
  const trpc = useTRPC();
  const can = useCan();
  const refresh = useRefreshPlans();
  const attach = useMutation(trpc.usagePlan.attachKey.mutationOptions({ onSuccess: refresh }));
  const detach = useMutation(
    trpc.usagePlan.detachKey.mutationOptions({
      onSuccess: async () => {
        await refresh();
        toast(`${planKey.name} left ${plan.name}`, {
          duration: 30_000,
          action: { label: "Undo", onClick: () => attach.mutate({ planId: plan.id, keyId: planKey.keyId }) },
        });
      },
      onError: (error) => toast.error(failureOf(error).message),
    }),
  );
  const { quota } = planKey;
  return (
    <tr>
      <Td className="max-w-[220px]">
        <span className="flex items-center gap-2">
          <Link href={`/api-keys?key=${planKey.keyId}`} className="truncate hover:underline">
            {planKey.name}
          </Link>
          {planKey.enabled ? null : <Badge tone="bad">revoked</Badge>}
        </span>
        {planKey.customerId ? (
          <span className="block truncate text-faint text-sm">{planKey.customerId}</span>
        ) : null}
      </Td>
      <Td numeric>{formatNumber(planKey.count)}</Td>
      <Td numeric className={planKey.throttled > 0 ? "text-bad" : "text-faint"}>
        {formatNumber(planKey.throttled)}
      </Td>
      <Td className="w-44">
        {quota ? (
          <div className="flex items-center gap-2">
            <UsedBar used={quota.used} limit={quota.limit} label={`Quota of ${planKey.name}`} />
            <span className="num w-10 shrink-0 text-right text-sm">
              {Math.round((100 * quota.used) / quota.limit)} %
            </span>
          </div>
        ) : (
          <span className="text-faint">no quota</span>
        )}
      </Td>
      <Td className="w-10 pl-0">
        {can("key:write") ? (
          <IconButton
            size="sm"
            label={`Take ${planKey.name} out of the plan`}
            disabled={detach.isPending}
            onClick={() => detach.mutate({ planId: plan.id, keyId: planKey.keyId })}
          >
            <X />
          </IconButton>
        ) : null}
      </Td>
    </tr>
  );
}

/** The plan's keys, the busiest first, and its requests per day. */
export function PlanKeys({ plan }: { plan: Plan }) {
  const trpc = useTRPC();
  const can = useCan();
  const usage = useQuery({
    ...trpc.usagePlan.usage.queryOptions({ planId: plan.id, days: 14 }),
    refetchInterval: 5_000,
  });
  return (
    <>
      <Section title="Usage" padded aside="counted by the gateway, UTC days">
        <Loaded query={usage} skeleton={<div className="h-[164px]" />}>
          {({ days }) => <UsageChart days={days} label={`Requests with keys of ${plan.name}`} />}
        </Loaded>
      </Section>
      <Section title={`Keys (${plan.keyCount})`} aside={can("key:write") ? <AddKey plan={plan} /> : null}>
        <Loaded query={usage}>
          {({ keys }) =>
            keys.length === 0 ? (
              <EmptyState icon={<KeyRound />} title="No keys in this plan" className="py-8">
                Each key in the plan gets these limits for itself.
              </EmptyState>
            ) : (
              <div className="max-h-[480px] overflow-auto">
                <Table label="Keys in the plan">
                  <thead>
                    <tr>
                      <Th>Key</Th>
                      <Th numeric>14 days</Th>
                      <Th numeric>Refused</Th>
                      <Th>Quota used</Th>
                      <Th>
                        <span className="sr-only">Actions</span>
                      </Th>
                    </tr>
                  </thead>
                  <tbody className="[&>tr:last-child>td]:border-0">
                    {keys.map((key) => (
                      <KeyRow key={key.keyId} plan={plan} planKey={key} />
                    ))}
                  </tbody>
                </Table>
              </div>
            )
          }
        </Loaded>
      </Section>
    </>
  );
}
