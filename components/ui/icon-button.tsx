import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button";
import { cx } from "./class-names";
import { Tooltip } from "./overlay/tooltip";

/** A square button with an icon; its label is read out and shown as a tooltip. */
export function IconButton({
  label,
  children,
  keys,
  className,
  size = "md",
  variant = "ghost",
  ...props
}: Omit<ButtonProps, "aria-label"> & { label: string; keys?: string; children: ReactNode }) {
  return (
    <Tooltip content={label} keys={keys}>
      <Button
        aria-label={label}
        size={size}
        variant={variant}
        className={cx("px-0", size === "sm" ? "w-6" : "w-7", className)}
        {...props}
      >
        {children}
      </Button>
    </Tooltip>
  );
}
