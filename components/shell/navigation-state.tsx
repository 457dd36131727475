"use client";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

type NavigationState = {
  /** Folded to icons on wide screens. */
  isCollapsed: boolean;
  toggleCollapsed: () => void;
  /** Drawn over the page on narrow screens. */
  isMenuOpen: boolean;
  openMenu: () => void;
  closeMenu: () => void;
};

const Context = createContext<NavigationState>({
  isCollapsed: false,
  toggleCollapsed: () => {},
  isMenuOpen: false,
  openMenu: () => {},
  closeMenu: () => {},
});
const STORED = "navigation-collapsed";

export const useNavigationState = () => useContext(Context);

export function NavigationStateProvider({ children }: { children: ReactNode }) {
  const [isCollapsed, setCollapsed] = useState(false);
  const [isMenuOpen, setMenuOpen] = useState(false);
  useEffect(() => setCollapsed(localStorage.getItem(STORED) === "1"), []);
  const state = useMemo(
    () => ({
      isCollapsed,
      toggleCollapsed: () =>
        setCollapsed((was) => {
          localStorage.setItem(STORED, was ? "0" : "1");
          return !was;
        }),
      isMenuOpen,
      openMenu: () => setMenuOpen(true),
      closeMenu: () => setMenuOpen(false),
    }),
    [isCollapsed, isMenuOpen],
  );
  return <Context value={state}>{children}</Context>;
}
