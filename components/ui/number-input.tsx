"use client";
import { type ComponentProps, useState } from "react";
import { cx } from "./class-names";
import { Input } from "./input";

function toNumber(text: string): number | null | undefined {
  if (text === "") return null;
  return /^\d*\.?\d*$/.test(text) && text !== "." ? Number(text) : undefined;
}

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
  const [typed, setTyped] = useState<string | null>(null);
  // "0." is on the way to 0.5: what is typed stays as long as it means the value.
  const shown = typed !== null && toNumber(typed) === value ? typed : String(value ?? "");
  return (
    <div className={cx("relative", className)}>
      <Input
        inputMode="decimal"
        value={shown}
        onChange={(event) => {
          const text = event.target.value.trim();
          const next = toNumber(text);
          if (next === undefined) return;
          setTyped(text);
          onValueChange(next);
        }}
        className={cx("num text-right", unit && "pr-[var(--unit)]")}
        style={unit ? ({ "--unit": `${unit.length * 6.5 + 18}px` } as React.CSSProperties) : undefined}
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
