"use client";
import { ErrorState } from "@/components/ui/state/error-state";

export default function ConsoleError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return <ErrorState title="This screen has failed" error={error} onRetry={reset} />;
}
