"use client";
import { Plus, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { EditError } from "@/server/domain/errors";
import { Button } from "../../ui/button";
import { Checkbox } from "../../ui/checkbox";
import { IconButton } from "../../ui/icon-button";
import { Input } from "../../ui/input";
import { Select } from "../../ui/select";
import { useDraft } from "../store/draft-provider";

type Flags = Readonly<Record<string, boolean>>;

const PLACE_WORDS: Record<string, string> = { path: "path", querystring: "query", header: "header" };

/**
 * Declared parameters with a "required" mark. `prefix` is `method.request` (then a place is chosen) or
 * `method.response.header`.
 */
export function ParameterList(props: {
  label: string;
  prefix: "method.request" | "method.response.header";
  flags: Flags;
  commit: (next: Record<string, boolean>) => EditError | null;
  empty: string;
  addLabel: string;
}) {
  const { canWrite } = useDraft();
  const [isAdding, setAdding] = useState(false);
  const [place, setPlace] = useState("querystring");
  const [name, setName] = useState("");
  const [error, setError] = useState<string | null>(null);
  const hasPlaces = props.prefix === "method.request";
  const commit = (next: Record<string, boolean>) => {
    const refused = props.commit(next);
    setError(refused?.message ?? null);
    return refused === null;
  };
  const add = (event: FormEvent) => {
    event.preventDefault();
    const key = hasPlaces ? `${props.prefix}.${place}.${name.trim()}` : `${props.prefix}.${name.trim()}`;
    if (!name.trim()) return setError("Type a name first");
    if (!commit({ ...props.flags, [key]: false })) return;
    setName("");
    setAdding(false);
  };
  const shown = Object.entries(props.flags).map(([key, isRequired]) => {
    const rest = key.slice(props.prefix.length + 1);
    const dot = rest.indexOf(".");
    return hasPlaces
      ? { key, isRequired, place: rest.slice(0, dot), name: rest.slice(dot + 1) }
      : { key, isRequired, place: "", name: rest };
  });
  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="sr-only">{props.label}</legend>
      {shown.length === 0 && !isAdding ? <p className="text-faint text-sm">{props.empty}</p> : null}
      {shown.map((one) => (
        <div key={one.key} className="flex min-h-7 items-center gap-2">
          <span className="mono truncate">{one.name}</span>
          {hasPlaces ? <span className="text-faint text-sm">{PLACE_WORDS[one.place]}</span> : null}
          <span className="ml-auto flex items-center gap-2">
            {hasPlaces ? (
              <Checkbox
                label="required"
                checked={one.isRequired}
                disabled={!canWrite}
                onCheckedChange={(isRequired) => commit({ ...props.flags, [one.key]: isRequired === true })}
              />
            ) : null}
            {canWrite ? (
              <IconButton
                size="sm"
                label={`Remove ${one.name}`}
                onClick={() => {
                  const { [one.key]: _gone, ...rest } = props.flags;
                  commit(rest);
                }}
              >
                <X />
              </IconButton>
            ) : null}
          </span>
        </div>
      ))}
      {isAdding ? (
        <form onSubmit={add} className="flex items-center gap-1.5">
          {hasPlaces ? (
            <Select
              aria-label="Where"
              className="w-28 shrink-0"
              value={place}
              onValueChange={setPlace}
              options={[
                { value: "querystring", label: "query" },
                { value: "header", label: "header" },
                { value: "path", label: "path" },
              ]}
            />
          ) : null}
          <Input
            mono
            autoFocus
            aria-label="Name"
            placeholder="name"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Button type="submit" size="sm">
            Add
          </Button>
        </form>
      ) : null}
      {error ? (
        <p role="alert" className="text-bad text-sm">
          {error}
        </p>
      ) : null}
      {canWrite && !isAdding ? (
        <Button size="sm" variant="ghost" className="self-start" onClick={() => setAdding(true)}>
          <Plus /> {props.addLabel}
        </Button>
      ) : null}
    </fieldset>
  );
}
