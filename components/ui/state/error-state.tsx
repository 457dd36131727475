"use client";
import { TriangleAlert } from "lucide-react";
import { Button } from "../button";
import { CopyButton } from "../copy-button";
import { EmptyState } from "./empty-state";

/** What happened and what to do; the detail can be copied. */
export function ErrorState({
  title = "This could not be loaded",
  error,
  onRetry,
}: {
  title?: string;
  error: { message: string };
  onRetry?: () => void;
}) {
  const offline = typeof navigator !== "undefined" && !navigator.onLine;
  return (
    <div role="alert">
      <EmptyState
        icon={<TriangleAlert />}
        title={offline ? "You are offline" : title}
        actions={
          <>
            {onRetry ? <Button onClick={onRetry}>Try again</Button> : null}
            <CopyButton variant="ghost" text={error.message} size="md">
              Copy details
            </CopyButton>
          </>
        }
      >
        {offline
          ? "The console cannot reach its server. It will try again when the network is back."
          : error.message}
      </EmptyState>
    </div>
  );
}
