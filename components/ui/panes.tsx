"use client";
import { type ComponentProps, createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
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

const PhoneContext = createContext(false);

/** Whether the window is as narrow as a phone's; null before the browser has drawn. */
export function useIsPhone(): boolean | null {
  const shape = useSyncExternalStore(watchWidth, shapeNow, () => null);
  return shape === null ? null : shape === "narrow";
}

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
  const isPhone = useIsPhone();
  if (isPhone === null) return <div className={cx("min-h-0 flex-1", props.className)} />;
  const orientation = isPhone ? "vertical" : direction;
  return (
    <PhoneContext value={isPhone}>
      <RememberedPanes key={orientation} direction={orientation} {...props} />
    </PhoneContext>
  );
}

/** Sizes are strings: `"20%"`, `"240px"`. `phone` are the sizes where panes stack: widths say nothing about heights. */
export function Pane({
  className,
  phone,
  ...props
}: ComponentProps<typeof Panel> & { id: string; phone?: { defaultSize?: string; minSize?: string } }) {
  const isPhone = useContext(PhoneContext);
  return (
    <Panel
      className={cx("flex min-h-0 min-w-0 flex-col overflow-hidden", className)}
      {...props}
      {...(isPhone ? phone : {})}
    />
  );
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
