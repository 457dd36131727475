"use client";
import { X } from "lucide-react";
import { useRef, useState } from "react";
import { useShortcut } from "../shell/shortcuts";
import { useSearchState } from "../shell/use-search-state";
import { Input } from "../ui/input";
import { Segmented } from "../ui/segmented";
import { Select } from "../ui/select";
import { FILTER_FIELDS, type FilterField, SINCE, timeOf, timeWords } from "./request-filter";

const CLASSES = ["2xx", "3xx", "4xx", "5xx"] as const;
const TYPED = FILTER_FIELDS.filter(({ name }) => name !== "status");

/** Chips for what is looked for, all of it in the address; `/` jumps to the box. */
export function FilterBar() {
  const search = useSearchState();
  const box = useRef<HTMLInputElement>(null);
  const [field, setField] = useState<FilterField>("path");
  const [text, setText] = useState("");
  useShortcut({ keys: "/", label: "Filter requests", run: () => box.current?.focus() });
  const time = timeOf(search.get);
  const chips = [
    ...TYPED.filter(({ name }) => search.get(name)).map(({ name, label }) => ({
      label,
      text: search.get(name),
      names: [name] as string[],
    })),
    ...(time ? [{ label: "Time", text: timeWords(time), names: ["from", "to"] }] : []),
  ];
  const status = search.get("status") ?? "all";
  return (
    <div className="flex flex-col gap-2 border-line border-b p-3">
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="Status"
          value={status}
          onValueChange={(value) => search.set({ status: value === "all" ? null : value })}
          options={[{ value: "all", label: "Any" }, ...CLASSES.map((one) => ({ value: one, label: one }))]}
        />
        <Segmented
          label="Since"
          value={search.get("since") ?? "all"}
          onValueChange={(value) =>
            search.set({ since: value === "all" ? null : value, from: null, to: null })
          }
          options={SINCE as readonly { value: string; label: string }[]}
        />
        <form
          className="flex min-w-60 flex-1 gap-1.5"
          onSubmit={(event) => {
            event.preventDefault();
            const value = text.trim();
            if (!value) return;
            search.set({ [field]: field === "method" ? value.toUpperCase() : value });
            setText("");
          }}
        >
          <Select
            aria-label="Filter by"
            value={field}
            onValueChange={(value) => setField(value as FilterField)}
            options={TYPED.map(({ name, label }) => ({ value: name, label }))}
            className="w-28 shrink-0"
          />
          <Input
            ref={box}
            aria-label="Filter value"
            placeholder="Type and press Enter"
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="min-w-0 max-w-72 sm:min-w-24"
          />
        </form>
      </div>
      {chips.length > 0 ? (
        <ul aria-label="Filters" className="flex flex-wrap gap-1.5">
          {chips.map(({ label, text, names }) => (
            <li key={label}>
              <button
                type="button"
                aria-label={`Remove filter ${label}`}
                onClick={() => search.set(Object.fromEntries(names.map((name) => [name, null])))}
                className="inline-flex h-6 max-w-72 items-center gap-1.5 rounded-md border border-line bg-sunken px-2 text-sm hover:bg-hover"
              >
                <span className="text-muted">{label}</span>
                <span className="mono truncate">{text}</span>
                <X className="size-3 shrink-0 text-faint" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
