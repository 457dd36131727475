"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { cx } from "../class-names";
import { IconButton } from "../icon-button";

export type DrawerProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  /** Beside the title: a state, a menu. */
  aside?: ReactNode;
  footer?: ReactNode;
  width?: "md" | "lg";
};

/** Details of a row, on the right; the list beside it stays visible and usable. */
export function Drawer({
  open,
  onOpenChange,
  title,
  description,
  children,
  aside,
  footer,
  width = "md",
}: DrawerProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Radix.Portal>
        <Radix.Content
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            (event.currentTarget as HTMLElement | null)?.focus({ preventScroll: true });
          }}
          onInteractOutside={(event) => event.preventDefault()}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cx(
            "fixed inset-y-0 right-0 z-30 flex w-full animate-slide-in flex-col border-line border-l bg-raised shadow-float focus:outline-none",
            width === "lg" ? "sm:w-[680px]" : "sm:w-[460px]",
          )}
        >
          <div className="flex min-h-12 items-center gap-2 border-line border-b px-4 py-2">
            <div className="min-w-0 flex-1">
              <Radix.Title className="truncate font-semibold">{title}</Radix.Title>
              {description ? (
                <Radix.Description asChild>
                  <div className="truncate text-muted text-sm">{description}</div>
                </Radix.Description>
              ) : null}
            </div>
            {aside}
            <Radix.Close asChild>
              <IconButton label="Close">
                <X />
              </IconButton>
            </Radix.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
          {footer ? (
            <div className="flex items-center justify-end gap-2 border-line border-t px-4 py-3">{footer}</div>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
