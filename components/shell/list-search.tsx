"use client";
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { cx } from "../ui/class-names";
import { Input } from "../ui/input";
import { Kbd } from "../ui/kbd";
import { useShortcut } from "./shortcuts";
import { useSearchState } from "./use-search-state";

/** The search box of a list; its text is `?q=`, whoever sets it, and `/` jumps to it. */
export function ListSearch({
  label,
  placeholder = label,
  className,
}: {
  label: string;
  placeholder?: string;
  className?: string;
}) {
  const search = useSearchState();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(search.get("q") ?? "");
  const { set } = search;
  const stored = search.get("q") ?? "";
  useShortcut({ keys: "/", label, run: () => input.current?.focus() });
  // What is written comes back a moment later, when more may have been typed; anything else was set by others.
  const written = useRef(new Set<string>());
  const seen = useRef(stored);
  useEffect(() => {
    if (stored !== seen.current) {
      seen.current = stored;
      if (!written.current.delete(stored)) return setText(stored);
    }
    if (text === stored) return;
    const timer = setTimeout(() => {
      written.current.add(text);
      set({ q: text || null });
    }, 180);
    return () => clearTimeout(timer);
  }, [text, stored, set]);
  return (
    <div className={cx("relative w-full max-w-[320px]", className)}>
      <Search className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2 size-3.5 text-faint" />
      <Input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && setText("")}
        className="peer pl-7 [&::-webkit-search-cancel-button]:hidden"
      />
      <Kbd className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2 peer-focus:hidden">/</Kbd>
    </div>
  );
}
