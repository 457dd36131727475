import type { ReactNode } from "react";

/** A part of a drawer, with its title. */
export function DrawerPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="border-line border-b px-4 py-3.5">
      <h3 className="mb-2 font-semibold text-sm">{title}</h3>
      {children}
    </section>
  );
}
