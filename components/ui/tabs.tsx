"use client";
import { Tabs as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "./class-names";

export type TabItem = { value: string; label: ReactNode; count?: number | undefined };

/** Tabs over TabPanels; keep the value in the URL where the tab is worth a link. */
export function Tabs({
  value,
  onValueChange,
  items,
  label,
  children,
  className,
  listClassName,
}: {
  value: string;
  onValueChange: (value: string) => void;
  items: readonly TabItem[];
  label: string;
  children?: ReactNode;
  className?: string;
  listClassName?: string;
}) {
  return (
    <Radix.Root
      value={value}
      onValueChange={onValueChange}
      className={cx("flex min-h-0 flex-col", className)}
    >
      <Radix.List
        aria-label={label}
        className={cx("flex shrink-0 gap-0.5 overflow-x-auto border-line border-b px-2.5", listClassName)}
      >
        {items.map((item) => (
          <Radix.Trigger
            key={item.value}
            value={item.value}
            className="-mb-px flex items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 px-2 py-[7px] text-muted focus-visible:outline-offset-[-2px] hover:text-ink data-[state=active]:border-ink data-[state=active]:font-medium data-[state=active]:text-ink"
          >
            {item.label}
            {item.count === undefined ? null : <span className="num text-faint text-sm">{item.count}</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {children}
    </Radix.Root>
  );
}

export function TabPanel({
  value,
  children,
  className,
}: {
  value: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <Radix.Content value={value} tabIndex={-1} className={cx("min-h-0 flex-1 focus:outline-none", className)}>
      {children}
    </Radix.Content>
  );
}
