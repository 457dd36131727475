"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { failureOf } from "../trpc/failure";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/state/empty-state";
import { ErrorState } from "../ui/state/error-state";
import { NoPermission } from "../ui/state/no-permission";
import { SkeletonRows } from "../ui/state/skeleton";

type Query<T> = { data: T | undefined; error: unknown; refetch: () => unknown };

/** The states of loaded data: skeleton, refused, failed, and then the view itself. */
export function Loaded<T>({
  query,
  children,
  skeleton = <SkeletonRows />,
}: {
  query: Query<T>;
  children: (data: T) => ReactNode;
  skeleton?: ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (!query.error) return skeleton;
  const failure = failureOf(query.error);
  if (failure.code === "FORBIDDEN") return <NoPermission what="see this" who="Other roles" />;
  if (failure.code === "NOT_FOUND")
    return (
      <EmptyState
        title={failure.message}
        actions={
          <Button asChild>
            <Link href="/">Home</Link>
          </Button>
        }
      >
        The link may be old, or what it led to was deleted.
      </EmptyState>
    );
  return <ErrorState error={failure} onRetry={() => void query.refetch()} />;
}
