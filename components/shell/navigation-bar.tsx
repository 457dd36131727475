"use client";
import { useQuery } from "@tanstack/react-query";
import { PanelLeftClose, PanelLeftOpen, Search } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useTRPC } from "../trpc/trpc";
import { cx } from "../ui/class-names";
import { IconButton } from "../ui/icon-button";
import { Keys } from "../ui/kbd";
import { Tooltip } from "../ui/overlay/tooltip";
import { BrandMark } from "./brand-mark";
import { API_SCREENS, apiIdOf, apiScreenHref, type Screen, WORKSPACE_SCREENS } from "./navigation";
import { useNavigationState } from "./navigation-state";
import { useSession } from "./session";
import { UserMenu } from "./user-menu";

function NavigationLink({
  screen,
  href,
  isCollapsed,
  nested,
  aside,
}: {
  screen: Screen;
  href: string;
  isCollapsed: boolean;
  nested?: boolean;
  aside?: ReactNode;
}) {
  const pathname = usePathname();
  const { closeMenu } = useNavigationState();
  const isExact = href === "/" || href === "/apis";
  const isHere = isExact ? pathname === href : pathname === href || pathname.startsWith(`${href}/`);
  const Icon = screen.icon;
  const link = (
    <Link
      href={href}
      onClick={closeMenu}
      aria-current={isHere ? "page" : undefined}
      aria-label={isCollapsed ? screen.label : undefined}
      className={cx(
        "flex h-[30px] items-center gap-2 rounded-md px-2 text-muted hover:bg-hover hover:text-ink",
        isCollapsed && "justify-center px-0",
        nested && !isCollapsed && "pl-5",
        isHere && "bg-surface font-medium text-ink ring-1 ring-line ring-inset hover:bg-surface",
      )}
    >
      <Icon className="size-[15px] shrink-0" strokeWidth={1.6} />
      {isCollapsed ? null : (
        <>
          <span className="truncate">{screen.label}</span>
          {aside ? <span className="num ml-auto text-faint">{aside}</span> : null}
        </>
      )}
    </Link>
  );
  if (!isCollapsed) return link;
  return (
    <Tooltip content={screen.label} keys={screen.keys} side="right">
      {link}
    </Tooltip>
  );
}

function Group({
  title,
  isCollapsed,
  children,
}: {
  title: string;
  isCollapsed: boolean;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className="flex flex-col gap-px">
      {isCollapsed ? (
        <div className="mx-2 my-2 h-px bg-line" />
      ) : (
        <h2 className="mx-2 mt-3.5 mb-1 truncate text-faint text-xs">{title}</h2>
      )}
      {children}
    </section>
  );
}

/** What stands behind the links: counts, and how many nodes answer. Loaded once, shared with the screens. */
function useCounts(apiId: string | null) {
  const trpc = useTRPC();
  const apis = useQuery(trpc.api.list.queryOptions());
  const nodes = useQuery({ ...trpc.node.list.queryOptions(), refetchInterval: 15_000, retry: false });
  const api = apis.data?.find((one) => one.id === apiId);
  const alive = nodes.data?.filter((node) => node.isAlive).length;
  return {
    apiName: api?.name ?? "This API",
    apis: apis.data?.length,
    stages: api?.stages.length || undefined,
    nodes: nodes.data?.length ? `${alive}/${nodes.data.length}` : undefined,
  };
}

export function NavigationBar({ onSearch }: { onSearch: () => void }) {
  const { isCollapsed: folded, toggleCollapsed, isMenuOpen } = useNavigationState();
  const isCollapsed = folded && !isMenuOpen;
  const apiId = apiIdOf(usePathname());
  const { data: session } = useSession();
  const counts = useCounts(apiId);
  const asides: Record<string, ReactNode> = { "/apis": counts.apis, "/nodes": counts.nodes };
  const links = (screens: readonly Screen[]) =>
    screens
      .filter((screen) => !session || session.permissions.includes(screen.permission))
      .map((screen) => (
        <NavigationLink
          key={screen.href}
          screen={screen}
          href={screen.href}
          isCollapsed={isCollapsed}
          aside={asides[screen.href]}
        />
      ));
  return (
    <nav
      aria-label="Main"
      className={cx(
        "flex h-full shrink-0 flex-col border-line border-r bg-sunken px-2 py-2.5",
        isCollapsed ? "w-[52px]" : "w-[220px]",
      )}
    >
      <div className={cx("mb-2 flex h-7 items-center gap-2 px-2", isCollapsed && "justify-center px-0")}>
        <Link href="/" className="flex items-center gap-2 rounded-sm font-semibold">
          <BrandMark />
          {isCollapsed ? <span className="sr-only">Gatehouse</span> : "Gatehouse"}
        </Link>
      </div>
      <button
        type="button"
        onClick={onSearch}
        aria-label="Search or jump to"
        className={cx(
          "mb-2 flex h-[30px] shrink-0 items-center gap-2 rounded-md border border-line bg-surface px-2 text-faint hover:border-line-strong",
          isCollapsed && "justify-center px-0",
        )}
      >
        {isCollapsed ? (
          <Search className="size-3.5" />
        ) : (
          <>
            Search or jump to
            <Keys keys="mod+k" className="ml-auto" />
          </>
        )}
      </button>
      <div className="-mx-1 flex min-h-0 flex-1 flex-col gap-px overflow-y-auto px-1">
        {links(WORKSPACE_SCREENS.top)}
        {apiId ? (
          <Group title={counts.apiName} isCollapsed={isCollapsed}>
            {API_SCREENS.map((screen) => (
              <NavigationLink
                key={screen.href}
                screen={screen}
                href={apiScreenHref(screen, apiId)}
                isCollapsed={isCollapsed}
                nested
                aside={screen.label === "Stages" ? counts.stages : undefined}
              />
            ))}
          </Group>
        ) : null}
        <Group title="Operate" isCollapsed={isCollapsed}>
          {links(WORKSPACE_SCREENS.operate)}
        </Group>
        <Group title="Workspace" isCollapsed={isCollapsed}>
          {links(WORKSPACE_SCREENS.workspace)}
        </Group>
      </div>
      <div className={cx("mt-2 flex items-center gap-1", isCollapsed && "flex-col")}>
        <UserMenu isCollapsed={isCollapsed} />
        <IconButton
          label={isCollapsed ? "Widen navigation" : "Collapse navigation"}
          keys="["
          onClick={toggleCollapsed}
          className="max-md:hidden"
        >
          {isCollapsed ? <PanelLeftOpen /> : <PanelLeftClose />}
        </IconButton>
      </div>
    </nav>
  );
}
