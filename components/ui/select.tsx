"use client";
import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "./class-names";
import { useFieldControl } from "./field";
import { CONTROL } from "./input";

export type SelectOption = { value: string; label: ReactNode; hint?: ReactNode; disabled?: boolean };

export type SelectProps = {
  value: string | undefined;
  onValueChange: (value: string) => void;
  options: readonly SelectOption[];
  placeholder?: string;
  /** Needed when the select does not stand in a Field. */
  "aria-label"?: string;
  disabled?: boolean;
  mono?: boolean;
  className?: string;
};

/** A list of choices. An empty string cannot be a value (Radix keeps it for "nothing chosen"). */
export function Select({
  value,
  onValueChange,
  options,
  placeholder = "Choose",
  mono,
  className,
  disabled,
  ...props
}: SelectProps) {
  return (
    <Radix.Root value={value ?? ""} onValueChange={onValueChange} disabled={disabled}>
      <Radix.Trigger
        {...useFieldControl()}
        aria-label={props["aria-label"]}
        className={cx(
          CONTROL,
          "flex h-7 items-center justify-between gap-2 text-left data-[placeholder]:text-faint",
          mono && "mono",
          className,
        )}
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder} />
        </span>
        <Radix.Icon>
          <ChevronDown className="size-3.5 text-faint" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-[min(320px,var(--radix-select-content-available-height))] min-w-[var(--radix-select-trigger-width)] animate-pop-in overflow-hidden rounded-md border border-line bg-raised shadow-float"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled}
                className={cx(
                  "relative flex min-h-7 cursor-default select-none items-center gap-3 rounded-sm py-1 pr-2 pl-7 outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover",
                  mono && "mono",
                )}
              >
                <Radix.ItemIndicator className="absolute left-2">
                  <Check className="size-3.5 text-accent" />
                </Radix.ItemIndicator>
                <Radix.ItemText>{option.label}</Radix.ItemText>
                {option.hint ? <span className="ml-auto text-faint text-sm">{option.hint}</span> : null}
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
