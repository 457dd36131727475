"use client";
import type { ComponentProps } from "react";
import { cx } from "./class-names";
import { useFieldControl } from "./field";

export const CONTROL =
  "w-full min-w-0 rounded-md border border-line-strong bg-surface px-2 text-ink transition-colors duration-[120ms] hover:border-faint focus-visible:border-accent focus-visible:outline-offset-0 disabled:cursor-not-allowed disabled:opacity-60 aria-[invalid]:border-bad";

export function Input({ className, mono, ...props }: ComponentProps<"input"> & { mono?: boolean }) {
  return (
    <input
      {...useFieldControl()}
      spellCheck={mono ? false : undefined}
      autoComplete="off"
      className={cx(CONTROL, "h-7 read-only:bg-sunken", mono && "mono", className)}
      {...props}
    />
  );
}
