import type { ReactNode } from "react";
import { BrandMark } from "../shell/brand-mark";

/** The frame of the pages outside the console. */
export function SessionCard({
  title,
  children,
  lead,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="grid min-h-dvh place-items-center bg-bg bg-dots p-4">
      <div className="w-full max-w-[400px] rounded-lg border border-line bg-surface p-7 shadow-float">
        <div className="mb-6 flex items-center gap-2 font-semibold">
          <BrandMark /> Gatehouse
        </div>
        <h1 className="font-semibold text-xl">{title}</h1>
        {lead ? <p className="mt-1 text-muted">{lead}</p> : null}
        <div className="mt-5">{children}</div>
      </div>
    </main>
  );
}
