import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/state/empty-state";

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        title="There is nothing at this address"
        actions={
          <Button asChild>
            <Link href="/">Home</Link>
          </Button>
        }
      >
        The link may be old, or what it led to was deleted.
      </EmptyState>
    </main>
  );
}
