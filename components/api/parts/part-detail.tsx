"use client";
import { ChevronLeft, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { useDraft } from "../../designer/store/draft-provider";
import { Button } from "../../ui/button";

/** One part: back to its list, its fields, where it is used, and how to remove it. */
export function PartDetail({
  listLabel,
  name,
  uses,
  removeLabel,
  onBack,
  onRemove,
  children,
}: {
  listLabel: string;
  name: string;
  /** Where it is used; with any, it cannot be removed. Null for parts that nothing refers to. */
  uses: readonly string[] | null;
  /** Absent: cannot be removed at all. */
  removeLabel?: string;
  onBack: () => void;
  onRemove?: () => void;
  children: ReactNode;
}) {
  const { canWrite } = useDraft();
  const isUsed = uses !== null && uses.length > 0;
  return (
    <section aria-label={name} className="flex flex-col gap-4 px-3.5 py-3">
      <div className="flex items-center gap-1">
        <Button size="sm" variant="ghost" className="-ml-2" onClick={onBack}>
          <ChevronLeft /> {listLabel}
        </Button>
        <h3 className="mono truncate font-semibold">{name}</h3>
      </div>
      {children}
      {uses === null ? null : (
        <div>
          <h4 className="mb-1 font-semibold text-sm">Used in</h4>
          {isUsed ? (
            <ul className="mono flex flex-col gap-0.5 text-muted">
              {uses.map((use) => (
                <li key={use}>{use}</li>
              ))}
            </ul>
          ) : (
            <p className="text-muted">Nothing refers to it.</p>
          )}
        </div>
      )}
      {canWrite && removeLabel && onRemove ? (
        <div className="flex items-center gap-3 border-line border-t pt-3">
          <Button variant="danger" disabled={isUsed} onClick={onRemove}>
            <Trash2 /> {removeLabel}
          </Button>
          {isUsed ? <span className="text-muted text-sm">Take it out of its uses first.</span> : null}
        </div>
      ) : null}
    </section>
  );
}
