"use client";
import { Keys } from "../ui/kbd";
import { Dialog } from "../ui/overlay/dialog";
import { useShortcutList } from "./shortcuts";

/** Every shortcut that works on the screen behind it. */
export function ShortcutSheet({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const list = useShortcutList();
  const groups = new Map<string, Map<string, string>>();
  for (const { group = "This screen", keys, label } of open ? list() : []) {
    const entries = groups.get(group) ?? new Map<string, string>();
    groups.set(group, entries.set(keys, label));
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts">
      <div className="grid gap-6 sm:grid-cols-2">
        {[...groups].map(([group, entries]) => (
          <section key={group} aria-label={group}>
            <h3 className="mb-1 text-faint text-sm">{group}</h3>
            <ul>
              {[...entries].map(([keys, label]) => (
                <li key={keys} className="flex min-h-7 items-center justify-between gap-4">
                  <span>{label}</span>
                  <Keys keys={keys} />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
