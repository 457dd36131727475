"use client";
import type { ComponentProps } from "react";
import { cx } from "./class-names";
import { Input } from "./input";

/** Digits only; empty is null. `unit` stands at the right end. */
export function NumberInput({
  value,
  onValueChange,
  unit,
  className,
  ...props
}: Omit<ComponentProps<typeof Input>, "value" | "onChange" | "type"> & {
  value: number | null;
  onValueChange: (value: number | null) => void;
  unit?: string;
}) {
  return (
    <div className={cx("relative", className)}>
      <Input
        inputMode="decimal"
        value={value ?? ""}
        onChange={(event) => {
          const text = event.target.value.trim();
          if (text === "") onValueChange(null);
          else if (/^\d+(\.\d*)?$/.test(text)) onValueChange(Number(text));
        }}
        className={cx("num text-right", unit && "pr-[var(--unit)]")}
        style={unit ? ({ "--unit": `${unit.length * 6.5 + 14}px` } as React.CSSProperties) : undefined}
        {...props}
      />
      {unit ? (
        <span className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2 text-faint text-sm">
          {unit}
        </span>
      ) : null}
    </div>
  );
}
