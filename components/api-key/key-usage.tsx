"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "../shell/loaded";
import { useCan } from "../shell/session";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { DrawerPart } from "../ui/overlay/drawer-part";
import { QuotaBar } from "../usage-plan/quota-bar";
import { UsageChart } from "../usage-plan/usage-chart";
import { ExtendQuotaDialog, type LimitedKeyPlan } from "./extend-quota-dialog";

/** What a key has left in each of its plans, and what it did per day. */
export function KeyUsage({ keyId }: { keyId: string }) {
  const trpc = useTRPC();
  const mayExtend = useCan()("key:extend");
  const [extended, setExtended] = useState<LimitedKeyPlan | null>(null);
  const usage = useQuery({ ...trpc.apiKey.usage.queryOptions({ keyId, days: 14 }), refetchInterval: 2_000 });
  return (
    <>
      <Loaded query={usage} skeleton={<div className="h-64" />}>
        {({ days, plans }) => {
          const limited = plans.flatMap((plan) => (plan.quota ? [{ ...plan, quota: plan.quota }] : []));
          return (
            <>
              {limited.length > 0 ? (
                <DrawerPart title="Allowance">
                  <div className="flex flex-col gap-3">
                    {limited.map((plan) => (
                      <div key={plan.id} className="flex flex-col gap-1">
                        <div className="flex items-center gap-2">
                          <span className="min-w-0 flex-1 truncate text-muted text-sm">{plan.name}</span>
                          {mayExtend ? (
                            <Button size="sm" onClick={() => setExtended(plan)}>
                              Give more for this period
                            </Button>
                          ) : null}
                        </div>
                        <QuotaBar quota={plan.quota} label={`Quota of ${plan.name}`} />
                      </div>
                    ))}
                  </div>
                </DrawerPart>
              ) : null}
              <DrawerPart title="Requests per day">
                <UsageChart days={days} label="Requests with this key" height={110} />
              </DrawerPart>
            </>
          );
        }}
      </Loaded>
      {extended ? (
        <ExtendQuotaDialog keyId={keyId} plan={extended} onClose={() => setExtended(null)} />
      ) : null}
    </>
  );
}
