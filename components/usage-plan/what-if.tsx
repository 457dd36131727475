"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { counted } from "../shell/count-words";
import { isSame } from "../shell/is-same";
import { Loaded } from "../shell/loaded";
import { useSettled } from "../shell/use-settled";
import { type Answers, type Inputs, useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Drawer } from "../ui/overlay/drawer";
import { Segmented } from "../ui/segmented";
import { EmptyState } from "../ui/state/empty-state";
import { Notice } from "../ui/state/notice";
import { Table, Td, Th } from "../ui/table";
import { formatNumber, quotaWords } from "./limit-words";

type Quota = Inputs["usagePlan"]["whatIf"]["quota"];
type Answer = Answers["usagePlan"]["whatIf"];

const SPANS = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "A year" },
] as const;

const dayWords = (at: Date | number) =>
  new Date(at).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });

/** Before it is saved: what the limits in the form would have done, as far as it can be told. */
export function WhatIf({
  plan,
  quota,
  changed,
}: {
  plan: { id: string; name: string };
  quota: Quota;
  changed: { quota: boolean; rate: boolean };
}) {
  return (
    <section aria-label="What if" className="flex flex-col gap-2 border-line border-t px-3.5 py-3">
      {changed.quota ? <QuotaWhatIf plan={plan} quota={quota} /> : null}
      {changed.rate ? (
        <p className="text-muted text-sm">
          What another rate or burst would do cannot be told: requests are stored by day, and a rate holds by
          the second. Save it in shadow mode to have its refusals counted without refusing any.
        </p>
      ) : null}
    </section>
  );
}

function QuotaWhatIf({ plan, quota }: { plan: { id: string; name: string }; quota: Quota }) {
  const trpc = useTRPC();
  const [days, setDays] = useState("90");
  const [isOpen, setOpen] = useState(false);
  const asked = useSettled(quota);
  const query = useQuery({
    ...trpc.usagePlan.whatIf.queryOptions({ planId: plan.id, quota: asked, days: Number(days) }),
    placeholderData: (before) => before,
  });
  // These figures are another quota's.
  const isOld = query.isPlaceholderData || !isSame(asked, quota);
  return (
    <>
      <div className="flex items-center gap-2">
        <h3 className="font-semibold text-sm">On stored requests</h3>
        <Segmented className="ml-auto" label="History" value={days} onValueChange={setDays} options={SPANS} />
      </div>
      <Loaded query={query} skeleton={<div className="h-12" />}>
        {(answer) => (
          <>
            <div className={isOld ? "opacity-50" : undefined} aria-busy={isOld}>
              <Summary answer={answer} isShadow={asked?.shadow === true} />
            </div>
            {answer.keysHit > 0 ? (
              <Button size="sm" className="self-start" onClick={() => setOpen(true)}>
                Show the keys
              </Button>
            ) : null}
            {isOpen ? (
              <Drawer
                open
                onOpenChange={setOpen}
                width="lg"
                title={`What if ${plan.name} had ${quotaWords(asked && { ...asked, offset: 0 })}`}
                description={`Since ${dayWords(answer.from)}`}
              >
                <Hit answer={answer} />
              </Drawer>
            ) : null}
          </>
        )}
      </Loaded>
    </>
  );
}

const nobodyOf = (keyCount: number) =>
  keyCount === 1
    ? "The plan's only key would not have been refused a request"
    : `None of the ${counted(keyCount, "key")} would have been refused a request`;

function Summary({ answer, isShadow }: { answer: Answer; isShadow: boolean }) {
  const { keysHit, keyCount, refused, count, keysAtLimit } = answer;
  return (
    <>
      <Notice tone={keysHit > 0 ? "warn" : "ok"}>
        <span className="num">
          {keysHit === 0
            ? `${nobodyOf(keyCount)} since ${dayWords(answer.from)}.`
            : `${formatNumber(keysHit)} of ${counted(keyCount, "key")} would have been refused ${counted(refused, "request")} of ${formatNumber(count)} since ${dayWords(answer.from)}.`}
        </span>
      </Notice>
      {isShadow && keysHit > 0 ? (
        <p className="text-muted text-sm">In shadow mode it refuses none of them: they are only counted.</p>
      ) : null}
      {keysAtLimit > 0 ? (
        <p className="num text-muted text-sm">
          {counted(keysAtLimit, "key has", "keys have")} used up the present quota in that time. What it
          refused is not stored by key, so they may ask for more than is counted here.
        </p>
      ) : null}
    </>
  );
}

function Hit({ answer }: { answer: Answer }) {
  const { keys, keysHit } = answer;
  if (keys.length === 0) return <EmptyState title="No key would have been hit" />;
  return (
    <>
      <div className="overflow-x-auto">
        <Table label="Keys that would have been hit">
          <thead>
            <tr>
              <Th>Key</Th>
              <Th numeric>Requests</Th>
              <Th numeric>Refused</Th>
              <Th numeric>Periods</Th>
              <Th>First on</Th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <tr key={key.keyId}>
                <Td className="max-w-[220px]">
                  <Link href={`/api-keys?key=${key.keyId}`} className="block truncate hover:underline">
                    {key.name}
                  </Link>
                  {key.customerId ? (
                    <span className="block truncate text-faint text-sm">{key.customerId}</span>
                  ) : null}
                </Td>
                <Td numeric>{formatNumber(key.count)}</Td>
                <Td numeric className="text-bad">
                  {formatNumber(key.refused)}
                </Td>
                <Td numeric>{key.periodsHit}</Td>
                <Td className="num whitespace-nowrap">
                  {key.firstHitMs === null ? "–" : dayWords(key.firstHitMs)}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
      <p className="px-4 py-3 text-faint text-sm">
        {keysHit > keys.length ? `The first ${keys.length} of ${formatNumber(keysHit)}. ` : null}
        UTC days. The period that runs is counted as far as it is; keys that have left the plan are not.
      </p>
    </>
  );
}
