"use client";
import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Keys } from "../kbd";

export const TooltipProvider = Radix.Provider;

/** A short explanation on hover and focus; `keys` (as in `mod+k`) are printed beside it. */
export function Tooltip({
  content,
  keys,
  children,
  side,
}: {
  content: ReactNode;
  keys?: string | undefined;
  children: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
}) {
  return (
    <Radix.Root>
      <Radix.Trigger
        asChild
        onFocus={(event) => {
          // A menu that closes gives the focus back: that is no reason to explain its button.
          if (!event.currentTarget.matches(":focus-visible")) event.preventDefault();
        }}
      >
        {children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-[60] flex max-w-[320px] animate-fade-in items-center gap-2 rounded-md border border-line bg-raised px-2 py-1 text-ink text-sm shadow-float"
        >
          {content}
          {keys ? <Keys keys={keys} /> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
