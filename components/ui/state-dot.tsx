import type { ReactNode } from "react";
import { cx } from "./class-names";

export type StateShape = "draft" | "live" | "canary" | "failing" | "off";

/** One shape for each state: hollow is a draft, solid is live, split is a canary, a triangle fails. */
export function StateDot({ state, className }: { state: StateShape; className?: string }) {
  return (
    <svg viewBox="0 0 8 8" aria-hidden="true" className={cx("size-2 shrink-0 overflow-visible", className)}>
      {state === "draft" ? (
        <circle cx="4" cy="4" r="3.25" fill="none" stroke="var(--warn)" strokeWidth="1.5" />
      ) : null}
      {state === "off" ? (
        <circle
          cx="4"
          cy="4"
          r="3.25"
          fill="none"
          stroke="var(--faint)"
          strokeWidth="1.5"
          strokeDasharray="2 1.4"
        />
      ) : null}
      {state === "live" ? <circle cx="4" cy="4" r="4" fill="var(--ok)" /> : null}
      {state === "canary" ? (
        <>
          <circle cx="4" cy="4" r="3.25" fill="none" stroke="var(--accent)" strokeWidth="1.5" />
          <path d="M4 .75a3.25 3.25 0 0 0 0 6.5z" fill="var(--accent)" />
        </>
      ) : null}
      {state === "failing" ? <path d="M4 0 8.4 7.6H-.4z" fill="var(--bad)" /> : null}
    </svg>
  );
}

/** A state in words with its shape, as in the header of an API. */
export function StateLabel({
  state,
  children,
  className,
}: {
  state: StateShape;
  children: ReactNode;
  className?: string;
}) {
  return (
    <span className={cx("inline-flex items-center gap-1.5 whitespace-nowrap text-muted text-sm", className)}>
      <StateDot state={state} />
      {children}
    </span>
  );
}
