import { cx } from "../ui/class-names";

/** The gate: an arch in a square. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 18 18" aria-hidden="true" className={cx("size-[18px] shrink-0", className)}>
      <rect width="18" height="18" rx="5" fill="var(--text)" />
      <path d="M5 14V9a4 4 0 0 1 8 0v5" fill="none" stroke="var(--bg)" strokeWidth="2" />
    </svg>
  );
}
