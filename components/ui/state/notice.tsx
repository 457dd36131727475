import { CircleCheck, Info, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "../class-names";

const TONES = {
  info: ["border-info/25 bg-info-soft", "text-info", Info],
  ok: ["border-ok/25 bg-ok-soft", "text-ok", CircleCheck],
  warn: ["border-warn/25 bg-warn-soft", "text-warn", TriangleAlert],
  bad: ["border-bad/25 bg-bad-soft", "text-bad", OctagonAlert],
} as const;

/** A sentence that matters now, inside a form or above a list. */
export function Notice({
  tone = "info",
  title,
  children,
  actions,
  className,
}: {
  tone?: keyof typeof TONES;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}) {
  const [frame, ink, Icon] = TONES[tone];
  return (
    <div
      role={tone === "bad" ? "alert" : "status"}
      className={cx("flex items-start gap-2.5 rounded-md border px-3 py-2", frame, className)}
    >
      <Icon className={cx("mt-0.5 size-4 shrink-0", ink)} />
      <div className="min-w-0 flex-1">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className={title ? "text-muted" : undefined}>{children}</div> : null}
      </div>
      {actions}
    </div>
  );
}
