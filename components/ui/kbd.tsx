"use client";
import { useSyncExternalStore } from "react";
import { cx } from "./class-names";

const never = () => () => {};
const isApple = () => /mac|iphone|ipad/i.test(navigator.platform);

const NAMES: Record<string, [apple: string, other: string]> = {
  mod: ["⌘", "Ctrl"],
  shift: ["⇧", "Shift"],
  alt: ["⌥", "Alt"],
  enter: ["↵", "↵"],
  escape: ["Esc", "Esc"],
  arrowleft: ["←", "←"],
  arrowright: ["→", "→"],
  arrowup: ["↑", "↑"],
  arrowdown: ["↓", "↓"],
};

export function Kbd({ children, className }: { children: string; className?: string }) {
  return (
    <kbd
      className={cx(
        "rounded-sm border border-line border-b-2 bg-surface px-1 font-medium font-sans text-2xs text-muted leading-[15px]",
        className,
      )}
    >
      {children}
    </kbd>
  );
}

/** Prints `mod+shift+d` as ⌘⇧D on Apple keyboards and as Ctrl Shift D on others; `g a` is two keys in turn. */
export function Keys({ keys, className }: { keys: string; className?: string }) {
  const apple = useSyncExternalStore(never, isApple, () => false);
  const chords = keys.split(" ").map((chord) =>
    chord.split("+").map((key) => {
      const name = NAMES[key.toLowerCase()];
      if (name) return apple ? name[0] : name[1];
      return key.length === 1 ? key.toUpperCase() : key;
    }),
  );
  return (
    <span aria-hidden="true" className={cx("inline-flex items-center gap-0.5", className)}>
      {chords.map((chord, index) =>
        apple ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the chords never move
          <Kbd key={index}>{chord.join("")}</Kbd>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the chords never move
          chord.map((key) => <Kbd key={`${index}${key}`}>{key}</Kbd>)
        ),
      )}
    </span>
  );
}
