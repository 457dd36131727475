"use client";
import { Plus, X } from "lucide-react";
import { useId, useState } from "react";
import type { EditError } from "@/server/domain/errors";
import { Button } from "../../ui/button";
import { IconButton } from "../../ui/icon-button";
import { Input } from "../../ui/input";
import { useDraft } from "../store/draft-provider";

type Row = { name: string; value: string };
type Entries = Readonly<Record<string, string>>;

const rowsOf = (entries: Entries): Row[] => Object.entries(entries).map(([name, value]) => ({ name, value }));
const sameEntries = (rows: readonly Row[], entries: Entries) =>
  JSON.stringify(Object.fromEntries(rows.filter((row) => row.name).map((row) => [row.name, row.value]))) ===
  JSON.stringify(entries);

/**
 * Names and their values. Rows may be half typed: they count once they have a name, and a refused map stays on screen
 * with the reason while the draft keeps the one before.
 */
export function MapEditor(props: {
  label: string;
  entries: Entries;
  commit: (next: Record<string, string>) => EditError | null;
  nameLabel: string;
  valueLabel: string;
  namePlaceholder?: string;
  valuePlaceholder?: string;
  nameSuggestions?: readonly string[];
  valueSuggestions?: readonly string[];
  empty: string;
  addLabel: string;
}) {
  const { canWrite } = useDraft();
  const id = useId();
  const [local, setLocal] = useState<{ rows: Row[]; error: string | null; over: Entries } | null>(null);
  const isLocal = local !== null && (local.over === props.entries || sameEntries(local.rows, props.entries));
  const rows = isLocal ? local.rows : rowsOf(props.entries);
  const change = (next: Row[]) => {
    const named = next.filter((row) => row.name.trim());
    const names = named.map((row) => row.name.trim());
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice) return setLocal({ rows: next, error: `${twice} is there twice`, over: props.entries });
    const entries = Object.fromEntries(named.map((row) => [row.name.trim(), row.value]));
    const error = sameEntries(next, props.entries) ? null : props.commit(entries);
    setLocal({ rows: next, error: error?.message ?? null, over: props.entries });
  };
  const setRow = (index: number, row: Partial<Row>) =>
    change(rows.map((one, at) => (at === index ? { ...one, ...row } : one)));
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="sr-only">{props.label}</legend>
      {rows.length === 0 ? <p className="text-faint text-sm">{props.empty}</p> : null}
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row keeps its place while its name is typed
        <div key={index} className="grid grid-cols-[16px_1fr_24px] items-center gap-x-1 gap-y-1">
          <Input
            className="col-span-2"
            mono
            aria-label={`${props.nameLabel} ${index + 1}`}
            placeholder={props.namePlaceholder ?? props.nameLabel}
            list={props.nameSuggestions ? `${id}-names` : undefined}
            value={row.name}
            readOnly={!canWrite}
            onChange={(event) => setRow(index, { name: event.target.value })}
          />
          {canWrite ? (
            <IconButton
              size="sm"
              label={`Remove ${row.name || `row ${index + 1}`}`}
              onClick={() => change(rows.filter((_, at) => at !== index))}
            >
              <X />
            </IconButton>
          ) : (
            <span />
          )}
          <span aria-hidden="true" className="text-center text-faint">
            ←
          </span>
          <Input
            className="col-span-2"
            mono
            aria-label={`${props.valueLabel} ${index + 1}`}
            placeholder={props.valuePlaceholder ?? props.valueLabel}
            list={props.valueSuggestions ? `${id}-values` : undefined}
            value={row.value}
            readOnly={!canWrite}
            onChange={(event) => setRow(index, { value: event.target.value })}
          />
        </div>
      ))}
      {isLocal && local.error ? (
        <p role="alert" className="text-bad text-sm">
          {local.error}
        </p>
      ) : null}
      {canWrite ? (
        <Button
          size="sm"
          variant="ghost"
          className="self-start"
          onClick={() =>
            setLocal({ rows: [...rows, { name: "", value: "" }], error: null, over: props.entries })
          }
        >
          <Plus /> {props.addLabel}
        </Button>
      ) : null}
      <datalist id={`${id}-names`}>
        {props.nameSuggestions?.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <datalist id={`${id}-values`}>
        {props.valueSuggestions?.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </fieldset>
  );
}
