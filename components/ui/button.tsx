import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cx } from "./class-names";

const button = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium transition-colors duration-[120ms] disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50 [&_svg]:size-3.5 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        default: "border-line-strong bg-surface text-ink hover:bg-hover",
        primary: "border-accent bg-accent text-accent-ink hover:brightness-95 dark:hover:brightness-110",
        ghost: "border-transparent bg-transparent text-muted hover:bg-hover hover:text-ink",
        danger: "border-line-strong bg-surface text-bad hover:border-bad hover:bg-bad-soft",
        "danger-primary": "border-bad bg-bad text-bg hover:brightness-95",
      },
      size: { sm: "h-6 px-2 text-sm", md: "h-7 px-2.5", lg: "h-9 px-4" },
    },
    defaultVariants: { variant: "default", size: "md" },
  },
);

export type ButtonProps = ComponentProps<"button"> &
  VariantProps<typeof button> & {
    /** Renders the child (a link, say) as the button. */
    asChild?: boolean;
    /** Work is under way: the button is disabled and says so. */
    pending?: boolean;
  };

export function Button({ className, variant, size, asChild, pending, disabled, ...props }: ButtonProps) {
  const Element = asChild ? Slot.Root : "button";
  return (
    <Element
      {...(asChild ? {} : { type: "button" as const, disabled: disabled || pending })}
      aria-busy={pending || undefined}
      className={cx(button({ variant, size }), className)}
      {...props}
    />
  );
}
