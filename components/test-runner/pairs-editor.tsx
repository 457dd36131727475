"use client";
import { Plus, X } from "lucide-react";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import type { Pair } from "./test-request";

/** Rows of a name and a value: headers, query parameters. */
export function PairsEditor({
  label,
  one,
  pairs,
  onChange,
  suggestions,
}: {
  label: string;
  /** What one row is, as in "header". */
  one: string;
  pairs: readonly Pair[];
  onChange: (pairs: Pair[]) => void;
  suggestions?: readonly string[];
}) {
  const listId = `names-of-${one.replaceAll(" ", "-")}`;
  const set = (index: number, change: Partial<Pair>) =>
    onChange(pairs.map((pair, at) => (at === index ? { ...pair, ...change } : pair)));
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 font-medium">{label}</legend>
      {pairs.map((pair, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row keeps its place while its name is typed
        <div key={index} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_24px] items-center gap-1.5">
          <Input
            mono
            aria-label={`${one} ${index + 1} name`}
            placeholder="name"
            list={suggestions ? listId : undefined}
            value={pair.name}
            onChange={(event) => set(index, { name: event.target.value })}
          />
          <Input
            mono
            aria-label={`${one} ${pair.name.trim() || index + 1}`}
            placeholder="value"
            value={pair.value}
            onChange={(event) => set(index, { value: event.target.value })}
          />
          <IconButton
            size="sm"
            label={`Remove ${one} ${pair.name.trim() || index + 1}`}
            onClick={() => onChange(pairs.filter((_, at) => at !== index))}
          >
            <X />
          </IconButton>
        </div>
      ))}
      <Button
        size="sm"
        variant="ghost"
        className="self-start"
        onClick={() => onChange([...pairs, { name: "", value: "" }])}
      >
        <Plus /> Add {one}
      </Button>
      {suggestions ? (
        <datalist id={listId}>
          {suggestions.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      ) : null}
    </fieldset>
  );
}
