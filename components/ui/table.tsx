import type { ComponentProps, KeyboardEvent, MouseEvent } from "react";
import { cx } from "./class-names";

/** 32 px rows, a header that stays. Give it a label; put it in a container that scrolls. */
export function Table({ label, className, ...props }: ComponentProps<"table"> & { label: string }) {
  return (
    <table aria-label={label} className={cx("w-full border-collapse text-left", className)} {...props} />
  );
}

export function Th({ numeric, className, ...props }: ComponentProps<"th"> & { numeric?: boolean }) {
  return (
    <th
      scope="col"
      className={cx(
        "sticky top-0 z-10 h-8 whitespace-nowrap border-line border-b bg-surface px-3.5 font-medium text-muted text-sm",
        numeric && "text-right",
        className,
      )}
      {...props}
    />
  );
}

export function Td({ numeric, className, ...props }: ComponentProps<"td"> & { numeric?: boolean }) {
  return (
    <td
      className={cx("h-8 border-line border-b px-3.5 py-1", numeric && "num text-right", className)}
      {...props}
    />
  );
}

/** A row; with `onOpen` the whole row opens it, by mouse and by Enter. */
export function Tr({
  onOpen,
  selected,
  className,
  ...props
}: ComponentProps<"tr"> & { onOpen?: () => void; selected?: boolean }) {
  const fromControl = (target: EventTarget) =>
    target instanceof Element && target.closest("a,button,input,[role=menuitem],[role=checkbox]") !== null;
  return (
    <tr
      aria-selected={selected}
      {...(onOpen
        ? {
            tabIndex: 0,
            onClick: (event: MouseEvent) => !fromControl(event.target) && onOpen(),
            onKeyDown: (event: KeyboardEvent) =>
              event.key === "Enter" && !fromControl(event.target) && onOpen(),
          }
        : {})}
      className={cx(
        "group",
        onOpen && "cursor-pointer focus-visible:outline-offset-[-2px] hover:bg-hover/60",
        selected && "bg-accent-soft shadow-[inset_2px_0_0_var(--accent)] hover:bg-accent-soft",
        className,
      )}
      {...props}
    />
  );
}
