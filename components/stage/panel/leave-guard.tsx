"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { ConfirmDialog } from "../../ui/overlay/confirm-dialog";

/** The address a click leads to within the console; null: it leads nowhere else, or opens a window of its own. */
function destinationOf(event: MouseEvent): string | null {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link?.href || link.target === "_blank" || link.hasAttribute("download")) return null;
  const { origin, pathname, search, hash } = new URL(link.href);
  // Another tab of the same screen keeps what was typed.
  if (origin !== window.location.origin || pathname === window.location.pathname) return null;
  return `${pathname}${search}${hash}`;
}

/** While something is not saved, asks before a link of the console leads away, and the browser before the page is left. */
export function LeaveGuard({ isUnsaved }: { isUnsaved: boolean }) {
  const router = useRouter();
  const [destination, setDestination] = useState<string | null>(null);
  useEffect(() => {
    if (!isUnsaved) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    const ask = (event: MouseEvent) => {
      const next = destinationOf(event);
      if (next === null) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      setDestination(next);
    };
    window.addEventListener("beforeunload", warn);
    document.addEventListener("click", ask, true);
    return () => {
      window.removeEventListener("beforeunload", warn);
      document.removeEventListener("click", ask, true);
    };
  }, [isUnsaved]);
  return (
    <ConfirmDialog
      open={destination !== null}
      onOpenChange={() => setDestination(null)}
      title="Leave without saving?"
      action="Leave"
      onConfirm={() => {
        if (destination) router.push(destination);
        setDestination(null);
      }}
    >
      What you changed on this stage is not saved yet and will be lost.
    </ConfirmDialog>
  );
}
