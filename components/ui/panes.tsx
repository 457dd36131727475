"use client";
import { type ComponentProps, type ReactNode, useSyncExternalStore } from "react";
import { Group, Panel, Separator, useDefaultLayout } from "react-resizable-panels";
import { cx } from "./class-names";

const memory = {
  getItem: (key: string) => (typeof localStorage === "undefined" ? null : localStorage.getItem(key)),
  setItem: (key: string, value: string) => {
    if (typeof localStorage !== "undefined") localStorage.setItem(key, value);
  },
};

const NARROW = "(max-width: 639px)";
const watchWidth = (changed: () => void) => {
  const query = window.matchMedia(NARROW);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
};
const shapeNow = () => (window.matchMedia(NARROW).matches ? "narrow" : "wide");

type PanesProps = {
  id: string;
  direction?: "horizontal" | "vertical";
  children: ReactNode;
  className?: string;
};

function RememberedPanes({ id, direction, children, className }: PanesProps) {
  const layout = useDefaultLayout({ id: `panes-${id}-${direction}`, storage: memory });
  return (
    <Group
      id={id}
      orientation={direction}
      className={cx("min-h-0 flex-1", className)}
      defaultLayout={layout.defaultLayout}
      onLayoutChanged={layout.onLayoutChanged}
    >
      {children}
    </Group>
  );
}

/**
 * Resizable panes that remember their sizes under `id`. Children: Pane, PaneHandle, Pane … On phones they stack.
 * The server does not know the sizes, so they are drawn in the browser only.
 */
export function Panes({ direction = "horizontal", ...props }: PanesProps) {
  const shape = useSyncExternalStore(watchWidth, shapeNow, () => null);
  if (!shape) return <div className={cx("min-h-0 flex-1", props.className)} />;
  const orientation = shape === "narrow" ? "vertical" : direction;
  return <RememberedPanes key={orientation} direction={orientation} {...props} />;
}

/** Sizes are strings: `"20%"`, `"240px"`. */
export function Pane({ className, ...props }: ComponentProps<typeof Panel> & { id: string }) {
  return <Panel className={cx("flex min-h-0 min-w-0 flex-col overflow-hidden", className)} {...props} />;
}

export function PaneHandle({ className }: { className?: string }) {
  return (
    <Separator
      className={cx(
        "relative shrink-0 bg-line transition-colors duration-[120ms] aria-[orientation=horizontal]:h-px aria-[orientation=vertical]:w-px data-[separator=active]:bg-accent data-[separator=hover]:bg-accent",
        className,
      )}
    />
  );
}

/** The title line of a pane. */
export function PaneTitle({ children, aside }: { children: ReactNode; aside?: ReactNode }) {
  return (
    <div className="flex h-9 shrink-0 items-center justify-between gap-2 px-3.5">
      <h2 className="truncate font-semibold text-sm">{children}</h2>
      {aside ? <div className="flex items-center gap-1 text-faint text-sm">{aside}</div> : null}
    </div>
  );
}
