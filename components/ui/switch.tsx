"use client";
import { Switch as Radix } from "radix-ui";
import { type ReactNode, useId } from "react";
import { cx } from "./class-names";
import { useFieldControl } from "./field";

export type SwitchProps = {
  checked: boolean;
  onCheckedChange: (checked: boolean) => void;
  /** Leave out inside a Field, which has the label. */
  label?: ReactNode;
  "aria-label"?: string;
  disabled?: boolean;
  className?: string;
};

export function Switch({ checked, onCheckedChange, label, disabled, className, ...props }: SwitchProps) {
  const own = useId();
  const field = useFieldControl();
  const id = field.id ?? own;
  return (
    <div className={cx("flex min-h-7 items-center gap-2", className)}>
      <Radix.Root
        {...field}
        id={id}
        aria-label={props["aria-label"]}
        checked={checked}
        onCheckedChange={onCheckedChange}
        disabled={disabled}
        className="relative h-4 w-7 shrink-0 rounded-full border border-line-strong bg-line-strong transition-colors duration-[120ms] disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Radix.Thumb className="block size-3 translate-x-0.5 rounded-full bg-surface transition-transform duration-[120ms] data-[state=checked]:translate-x-[13px]" />
      </Radix.Root>
      {label ? <label htmlFor={id}>{label}</label> : null}
    </div>
  );
}
