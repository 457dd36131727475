import { cx } from "../class-names";

/** A grey bar in the place of text; it appears after 150 ms, so that quick answers do not flicker. */
export function Skeleton({ className }: { className?: string }) {
  return <div className={cx("h-3 animate-late rounded-sm bg-line", className)} />;
}

/** Rows in the shape of a table. */
export function SkeletonRows({
  rows = 6,
  columns = [40, 20, 15, 15],
}: {
  rows?: number;
  columns?: number[];
}) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <div key={row} className="flex h-8 items-center gap-6 border-line border-b px-3.5">
          {columns.map((width, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
            <div key={column} style={{ width: `${width}%` }}>
              <Skeleton className={row % 2 ? "w-3/5" : "w-4/5"} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
