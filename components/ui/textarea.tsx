"use client";
import type { ComponentProps } from "react";
import { cx } from "./class-names";
import { useFieldControl } from "./field";
import { CONTROL } from "./input";

export function Textarea({ className, mono, ...props }: ComponentProps<"textarea"> & { mono?: boolean }) {
  return (
    <textarea
      {...useFieldControl()}
      spellCheck={mono ? false : undefined}
      className={cx(
        CONTROL,
        "min-h-16 resize-y py-1 read-only:bg-sunken",
        mono && "mono leading-[19px]",
        className,
      )}
      {...props}
    />
  );
}
