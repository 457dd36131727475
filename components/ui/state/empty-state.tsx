import type { ReactNode } from "react";
import { cx } from "../class-names";

/** What this place is for, and the way to begin. */
export function EmptyState({
  title,
  children,
  actions,
  icon,
  className,
}: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  icon?: ReactNode;
  className?: string;
}) {
  return (
    <div
      className={cx(
        "mx-auto flex max-w-[480px] flex-col items-center gap-2 px-6 py-14 text-center",
        className,
      )}
    >
      {icon ? (
        <div className="mb-1 grid size-9 place-items-center rounded-lg border border-line bg-sunken text-muted [&_svg]:size-4">
          {icon}
        </div>
      ) : null}
      <h2 className="font-semibold text-lg">{title}</h2>
      {children ? <div className="text-muted">{children}</div> : null}
      {actions ? <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
