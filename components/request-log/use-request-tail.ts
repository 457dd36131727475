"use client";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useState } from "react";
import { useTRPC } from "../trpc/trpc";
import { mergeRequests, type RequestFilter } from "./request-filter";
import type { LoggedRequest } from "./request-table";

const MAX_LIVE = 500;

/** Requests that came since this was on screen. Mount it anew for another filter. */
export function useRequestTail(
  input: { apiId: string; stageName: string; filter: RequestFilter },
  isPaused: boolean,
) {
  const trpc = useTRPC();
  const [live, setLive] = useState<LoggedRequest[]>([]);
  const subscription = useSubscription(
    trpc.requestLog.tail.subscriptionOptions(input, {
      enabled: !isPaused,
      onData: (batch) => setLive((before) => mergeRequests(batch, before, MAX_LIVE)),
    }),
  );
  return { live, status: subscription.status };
}
