"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import Link from "next/link";
import { toast } from "sonner";
import { useCan } from "../shell/session";
import { failureOf } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { IconButton } from "../ui/icon-button";
import { Select } from "../ui/select";
import { quotaWords, throttleWords } from "../usage-plan/limit-words";
import { useRefreshPlans } from "../usage-plan/use-refresh-plans";

/** The plans a key is in, and the way into another. */
export function KeyPlans({ apiKey }: { apiKey: Answers["apiKey"]["get"] }) {
  const trpc = useTRPC();
  const canWrite = useCan()("key:write");
  const refresh = useRefreshPlans();
  const plans = useQuery(trpc.usagePlan.list.queryOptions());
  const options = {
    onSuccess: refresh,
    onError: (error: unknown) => {
      toast.error(failureOf(error).message);
    },
  };
  const attach = useMutation(trpc.usagePlan.attachKey.mutationOptions(options));
  const detach = useMutation(trpc.usagePlan.detachKey.mutationOptions(options));
  const free = (plans.data ?? []).filter((plan) => !apiKey.plans.some((own) => own.id === plan.id));
  return (
    <div className="flex flex-col gap-1">
      {apiKey.plans.length === 0 ? (
        <p className="text-warn">In no plan, so it opens nothing. Add it to one.</p>
      ) : (
        <ul>
          {apiKey.plans.map((own) => {
            const plan = plans.data?.find((one) => one.id === own.id);
            return (
              <li key={own.id} className="flex items-center gap-2">
                <div className="min-w-0 flex-1 py-1">
                  <Link href={`/usage-plans/${own.id}`} className="font-medium hover:underline">
                    {own.name}
                  </Link>
                  {plan ? (
                    <span className="block truncate text-muted text-sm">
                      {throttleWords(plan.throttle)} · {quotaWords(plan.quota)}
                    </span>
                  ) : null}
                </div>
                {canWrite ? (
                  <IconButton
                    size="sm"
                    label={`Take it out of ${own.name}`}
                    disabled={detach.isPending}
                    onClick={() => detach.mutate({ planId: own.id, keyId: apiKey.id })}
                  >
                    <X />
                  </IconButton>
                ) : null}
              </li>
            );
          })}
        </ul>
      )}
      {canWrite && free.length > 0 ? (
        <Select
          aria-label="Add to a plan"
          value={undefined}
          placeholder="Add to a plan"
          disabled={attach.isPending}
          onValueChange={(planId) => attach.mutate({ planId, keyId: apiKey.id })}
          options={free.map((plan) => ({ value: plan.id, label: plan.name }))}
        />
      ) : null}
    </div>
  );
}
