"use client";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../trpc/trpc";
import { keyWords, planWords } from "./key-table";
import type { MetricQuestion } from "./metric-address";

/** The key and plan that the charts are of, in words; null when they are of all requests. */
export function useSubject({ apiId, range, stage, planId, keyId }: MetricQuestion): string | null {
  const trpc = useTRPC();
  const isAsked = planId !== undefined || keyId !== undefined;
  const { data } = useQuery({
    ...trpc.metric.topKeys.queryOptions({ apiId, range, ...(stage ? { stage } : {}) }),
    enabled: isAsked,
  });
  if (!isAsked) return null;
  const row = data?.keys.find(
    (one) => one.planId === (planId ?? one.planId) && one.keyId === (keyId ?? one.keyId),
  );
  if (!row) return keyId || planId || "other keys";
  if (keyId === undefined) return `all of ${planWords(row)}`;
  return row.planId === "" ? keyWords(row) : `${keyWords(row)} in ${planWords(row)}`;
}
