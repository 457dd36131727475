"use client";
import { ToggleGroup } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "./class-names";

/** A few choices side by side, one chosen. */
export function Segmented<T extends string>({
  value,
  onValueChange,
  options,
  label,
  disabled = false,
  className,
}: {
  value: T;
  onValueChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode }[];
  label: string;
  disabled?: boolean;
  className?: string;
}) {
  return (
    <ToggleGroup.Root
      type="single"
      value={value}
      onValueChange={(next) => next && onValueChange(next as T)}
      disabled={disabled}
      aria-label={label}
      className={cx(
        "inline-flex h-7 max-w-full shrink-0 self-start overflow-x-auto rounded-md border border-line bg-sunken p-0.5",
        className,
      )}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="shrink-0 whitespace-nowrap rounded-sm px-2 text-muted text-sm enabled:hover:text-ink disabled:cursor-not-allowed disabled:data-[state=off]:opacity-50 data-[state=on]:bg-surface data-[state=on]:font-medium data-[state=on]:text-ink data-[state=on]:ring-1 data-[state=on]:ring-line"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
