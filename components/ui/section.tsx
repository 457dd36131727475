import { type ReactNode, useId } from "react";
import { cx } from "./class-names";

/** A framed part of a page with a title line. Never put one inside another. */
export function Section({
  title,
  aside,
  children,
  className,
  padded,
}: {
  title: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
  padded?: boolean;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={cx("min-w-0 overflow-hidden rounded-lg border border-line bg-surface", className)}
    >
      <div className="flex min-h-10 items-center gap-2 border-line border-b px-3.5 py-1.5">
        <h2 id={id} className="font-semibold text-sm">
          {title}
        </h2>
        {aside ? <div className="ml-auto flex items-center gap-2 text-muted text-sm">{aside}</div> : null}
      </div>
      <div className={padded ? "p-3.5" : undefined}>{children}</div>
    </section>
  );
}

/** A name and its value, in a column of such rows. */
export function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[108px_1fr] gap-3 py-1">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
