"use client";
import { useQuery } from "@tanstack/react-query";
import { useCan } from "../../shell/session";
import { failureOf } from "../../trpc/failure";
import { useTRPC } from "../../trpc/trpc";
import type { MetricQuestion } from "./metric-address";
import { type Name, namesIn, subjectWords } from "./subject-words";

/** The key and plan that the charts are of, in words; null when they are of all requests. */
export function useSubject({ apiId, range, stage, planId, keyId }: MetricQuestion): string | null {
  const trpc = useTRPC();
  const can = useCan();
  const busiest = useQuery({
    ...trpc.metric.topKeys.queryOptions({ apiId, range, ...(stage ? { stage } : {}) }),
    placeholderData: (before) => before,
    enabled: planId !== undefined || keyId !== undefined,
  });
  const subject = { ...(keyId === undefined ? {} : { keyId }), ...(planId === undefined ? {} : { planId }) };
  const known = namesIn(busiest.data?.keys ?? [], subject);
  // Not among the busiest, or without a request in this time.
  const isMissing = (id: string | undefined, name: Name) =>
    Boolean(id) && name === undefined && !busiest.isPending;
  const key = useQuery({
    ...trpc.apiKey.get.queryOptions({ keyId: keyId ?? "" }),
    enabled: isMissing(keyId, known.keyName) && can("key:read"),
  });
  const plan = useQuery({
    ...trpc.usagePlan.get.queryOptions({ planId: planId ?? "" }),
    enabled: isMissing(planId, known.planName) && can("plan:read"),
  });
  return subjectWords(subject, {
    keyName: known.keyName === undefined ? nameOf(key) : known.keyName,
    planName: known.planName === undefined ? nameOf(plan) : known.planName,
  });
}

function nameOf({ data, error }: { data: { name: string } | undefined; error: unknown }): Name {
  return error && failureOf(error).code === "NOT_FOUND" ? null : data?.name;
}
