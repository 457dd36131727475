"use client";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";

export type Shortcut = {
  /** `mod+shift+d`, `?`, or keys in turn: `g a`. `mod` is ⌘ on Apple keyboards and Ctrl elsewhere. */
  keys: string;
  label: string;
  group?: string;
  run: () => void;
  /** Fires while typing in a field too; only sensible with `mod`. */
  inFields?: boolean;
};

type Registry = { add: (shortcut: Shortcut) => () => void; list: () => Shortcut[] };
const RegistryContext = createContext<Registry | null>(null);

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest("input,textarea,select,[role=combobox],.monaco-editor") !== null);

/** The chord of a key event in the notation of `Shortcut.keys`. Shift counts only with letters: `?` is `?`. */
function chordOf(event: KeyboardEvent): string {
  const key = event.key === " " ? "space" : event.key.toLowerCase();
  const isNamed = key.length > 1 || /[a-z]/.test(key);
  return [
    event.metaKey || event.ctrlKey ? "mod" : "",
    event.altKey ? "alt" : "",
    event.shiftKey && isNamed ? "shift" : "",
    key,
  ]
    .filter(Boolean)
    .join("+");
}

function listen(registered: Set<Shortcut>): () => void {
  let pending = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
    const chord = chordOf(event);
    const typing = isTyping(event.target);
    const sequence = pending ? `${pending} ${chord}` : chord;
    clearTimeout(timer);
    pending = "";
    // The latest registration wins: a dialog's shortcut covers the page's.
    const shortcut = [...registered]
      .reverse()
      .find((one) => (one.keys === sequence || one.keys === chord) && (!typing || one.inFields));
    if (shortcut) {
      event.preventDefault();
      shortcut.run();
    } else if (!typing && [...registered].some((one) => one.keys.startsWith(`${chord} `))) {
      pending = chord;
      timer = setTimeout(() => {
        pending = "";
      }, 900);
    }
  };
  window.addEventListener("keydown", onKeyDown);
  return () => {
    clearTimeout(timer);
    window.removeEventListener("keydown", onKeyDown);
  };
}

export function ShortcutProvider({ children }: { children: ReactNode }) {
  const [registered] = useState(() => new Set<Shortcut>());
  useEffect(() => listen(registered), [registered]);
  const registry = useMemo<Registry>(
    () => ({
      add: (shortcut) => {
        registered.add(shortcut);
        return () => registered.delete(shortcut);
      },
      list: () => [...registered],
    }),
    [registered],
  );
  return <RegistryContext value={registry}>{children}</RegistryContext>;
}

/** Registers a shortcut for as long as the component is on screen; the `?` sheet lists it. */
export function useShortcut({ keys, label, group, run, inFields }: Shortcut, enabled = true): void {
  const registry = useContext(RegistryContext);
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!registry || !enabled) return;
    return registry.add({
      keys,
      label,
      run: () => latest.current(),
      ...(group ? { group } : {}),
      ...(inFields ? { inFields } : {}),
    });
  }, [registry, keys, label, group, inFields, enabled]);
}

/** What can be pressed right now. */
export function useShortcutList(): () => Shortcut[] {
  const registry = useContext(RegistryContext);
  return () => registry?.list() ?? [];
}
