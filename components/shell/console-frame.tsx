"use client";
import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, Suspense, useEffect, useState } from "react";
import { cx } from "../ui/class-names";
import { CommandPalette } from "./command-palette";
import { API_SCREENS, apiIdOf, apiScreenHref, type Screen, WORKSPACE_SCREENS } from "./navigation";
import { NavigationBar } from "./navigation-bar";
import { NavigationStateProvider, useNavigationState } from "./navigation-state";
import { ShortcutSheet } from "./shortcut-sheet";
import { ShortcutProvider, useShortcut } from "./shortcuts";
import { OPEN_SHORTCUTS } from "./user-menu";

function GoShortcut({ screen, href }: { screen: Screen; href: string }) {
  const router = useRouter();
  useShortcut({
    keys: screen.keys ?? "",
    label: screen.label,
    group: "Go to",
    run: () => router.push(href),
  });
  return null;
}

function GoShortcuts() {
  const apiId = apiIdOf(usePathname());
  const screens = Object.values(WORKSPACE_SCREENS).flat() as Screen[];
  return (
    <>
      {screens.map((screen) => (
        <GoShortcut key={screen.href} screen={screen} href={screen.href} />
      ))}
      {apiId
        ? API_SCREENS.filter((screen) => screen.keys).map((screen) => (
            <GoShortcut key={screen.href} screen={screen} href={apiScreenHref(screen, apiId)} />
          ))
        : null}
    </>
  );
}

function Frame({ children }: { children: ReactNode }) {
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [isSheetOpen, setSheetOpen] = useState(false);
  const { isMenuOpen, closeMenu, toggleCollapsed } = useNavigationState();
  useShortcut({
    keys: "mod+k",
    label: "Search or jump to",
    group: "Everywhere",
    run: () => setPaletteOpen(true),
    inFields: true,
  });
  useShortcut({ keys: "?", label: "This sheet", group: "Everywhere", run: () => setSheetOpen(true) });
  useShortcut({ keys: "[", label: "Collapse navigation", group: "Everywhere", run: toggleCollapsed });
  useEffect(() => {
    const open = () => setSheetOpen(true);
    window.addEventListener(OPEN_SHORTCUTS, open);
    return () => window.removeEventListener(OPEN_SHORTCUTS, open);
  }, []);
  return (
    <div className="flex h-dvh">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-raised px-3 py-1 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <div className="max-md:hidden">
        <NavigationBar onSearch={() => setPaletteOpen(true)} />
      </div>
      {isMenuOpen ? (
        <div className="fixed inset-0 z-40 flex md:hidden">
          <NavigationBar onSearch={() => setPaletteOpen(true)} />
          <button
            type="button"
            aria-label="Close navigation"
            className="flex-1 bg-overlay"
            onClick={closeMenu}
          />
        </div>
      ) : null}
      <main id="content" className={cx("flex min-w-0 flex-1 flex-col")}>
        {children}
      </main>
      <GoShortcuts />
      <CommandPalette open={isPaletteOpen} onOpenChange={setPaletteOpen} />
      <ShortcutSheet open={isSheetOpen} onOpenChange={setSheetOpen} />
    </div>
  );
}

/** The frame around every screen of the console. */
export function ConsoleFrame({ children }: { children: ReactNode }) {
  return (
    <ShortcutProvider>
      <NavigationStateProvider>
        <Suspense>
          <Frame>{children}</Frame>
        </Suspense>
      </NavigationStateProvider>
    </ShortcutProvider>
  );
}
