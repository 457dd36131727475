"use client";
import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "../class-names";
import { Keys } from "../kbd";

const CONTENT =
  "z-50 min-w-44 animate-pop-in rounded-md border border-line bg-raised p-1 shadow-float focus:outline-none";
const ITEM =
  "flex min-h-7 cursor-default select-none items-center gap-2 rounded-sm px-2 py-1 outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-muted";

export function DropdownMenu({
  trigger,
  children,
  align = "end",
}: {
  trigger: ReactNode;
  children: ReactNode;
  align?: "start" | "center" | "end";
}) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align={align} sideOffset={4} collisionPadding={8} className={CONTENT}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({
  danger,
  keys,
  className,
  children,
  ...props
}: ComponentProps<typeof Radix.Item> & { danger?: boolean; keys?: string }) {
  return (
    <Radix.Item className={cx(ITEM, danger && "text-bad [&_svg]:text-bad", className)} {...props}>
      {children}
      {keys ? <Keys keys={keys} className="ml-auto pl-4" /> : null}
    </Radix.Item>
  );
}

export function MenuChoice({ children, ...props }: ComponentProps<typeof Radix.CheckboxItem>) {
  return (
    <Radix.CheckboxItem className={cx(ITEM, "pl-7")} {...props}>
      <Radix.ItemIndicator className="absolute left-3">
        <Check />
      </Radix.ItemIndicator>
      {children}
    </Radix.CheckboxItem>
  );
}

export function MenuSeparator() {
  return <Radix.Separator className="my-1 h-px bg-line" />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2 py-1 text-faint text-xs">{children}</Radix.Label>;
}
