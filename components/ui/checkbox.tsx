"use client";
import { Check, Minus } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import { type ReactNode, useId } from "react";
import { cx } from "./class-names";

export type CheckboxProps = {
  checked: boolean | "indeterminate";
  onCheckedChange: (checked: boolean) => void;
  label: ReactNode;
  help?: ReactNode;
  /** Only read out, for a box in a table row. */
  hideLabel?: boolean;
  disabled?: boolean;
  className?: string;
};

export function Checkbox({
  checked,
  onCheckedChange,
  label,
  help,
  hideLabel,
  disabled,
  className,
}: CheckboxProps) {
  const id = useId();
  return (
    <div className={cx("flex items-start gap-2", className)}>
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={(next) => onCheckedChange(next === true)}
        disabled={disabled}
        aria-describedby={help ? `${id}-help` : undefined}
        className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-sm border border-line-strong bg-surface disabled:opacity-50 data-[state=checked]:border-accent data-[state=indeterminate]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:bg-accent"
      >
        <Radix.Indicator className="text-accent-ink">
          {checked === "indeterminate" ? (
            <Minus className="size-3" />
          ) : (
            <Check className="size-3" strokeWidth={3} />
          )}
        </Radix.Indicator>
      </Radix.Root>
      <div className={hideLabel ? "sr-only" : undefined}>
        <label htmlFor={id}>{label}</label>
        {help ? (
          <p id={`${id}-help`} className="text-faint text-sm">
            {help}
          </p>
        ) : null}
      </div>
    </div>
  );
}
