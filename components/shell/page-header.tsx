"use client";
import { Menu } from "lucide-react";
import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { IconButton } from "../ui/icon-button";
import { useNavigationState } from "./navigation-state";

export type Crumb = { label: ReactNode; href?: string };

/** The line at the top of every screen: where am I, in what state, what next. The last crumb is the heading. */
export function PageHeader({
  crumbs,
  states,
  actions,
}: {
  crumbs: readonly Crumb[];
  /** State labels beside the breadcrumb. */
  states?: ReactNode;
  /** Buttons on the right; the one primary action last. */
  actions?: ReactNode;
}) {
  const { openMenu } = useNavigationState();
  return (
    <header className="flex h-12 shrink-0 items-center gap-3 border-line border-b bg-surface px-3.5">
      <IconButton label="Open navigation" className="-ml-1.5 md:hidden" onClick={openMenu}>
        <Menu />
      </IconButton>
      <nav aria-label="Breadcrumb" className="flex min-w-0 items-center gap-1.5 text-muted">
        {crumbs.map((crumb, index) => {
          const isLast = index === crumbs.length - 1;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a breadcrumb has no identity but its place
            <Fragment key={index}>
              {index > 0 ? (
                <span aria-hidden="true" className="max-sm:hidden">
                  /
                </span>
              ) : null}
              {isLast ? (
                <h1 className="truncate font-semibold text-ink">{crumb.label}</h1>
              ) : (
                <Link href={crumb.href ?? "#"} className="truncate rounded-xs hover:text-ink max-sm:hidden">
                  {crumb.label}
                </Link>
              )}
            </Fragment>
          );
        })}
      </nav>
      {states ? (
        <div className="flex min-w-0 items-center gap-2.5 overflow-hidden max-sm:hidden">{states}</div>
      ) : null}
      <div className="ml-auto flex shrink-0 items-center gap-2">{actions}</div>
    </header>
  );
}

/** The scrolling body of a page that is not made of panes. */
export function PageBody({ children, wide }: { children: ReactNode; wide?: boolean }) {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className={wide ? "px-6 py-5 max-sm:px-3" : "mx-auto max-w-[1440px] px-6 py-5 max-sm:px-3"}>
        {children}
      </div>
    </div>
  );
}
