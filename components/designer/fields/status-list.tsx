"use client";
import { Plus, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { EditError } from "@/server/domain/errors";
import { Badge, statusTone } from "../../ui/badge";
import { Button } from "../../ui/button";
import { cx } from "../../ui/class-names";
import { IconButton } from "../../ui/icon-button";
import { Input } from "../../ui/input";
import { useDraft } from "../store/draft-provider";

/** The statuses of a method or integration, one of them open below. */
export function StatusList(props: {
  statuses: readonly { code: string; note: string }[];
  selected: string | null;
  onSelect: (code: string) => void;
  onAdd: (code: string) => EditError | null;
  onRemove: (code: string) => void;
  empty: string;
}) {
  const { canWrite } = useDraft();
  const [isAdding, setAdding] = useState(false);
  const [code, setCode] = useState("");
  const [error, setError] = useState<string | null>(null);
  const add = (event: FormEvent) => {
    event.preventDefault();
    const refused = props.onAdd(code.trim());
    if (refused) return setError(refused.message);
    setAdding(false);
    setCode("");
    setError(null);
  };
  return (
    <div className="flex flex-col gap-1">
      {props.statuses.length === 0 ? <p className="text-faint text-sm">{props.empty}</p> : null}
      {props.statuses.map((status) => (
        <div
          key={status.code}
          className={cx(
            "flex min-h-7 items-center gap-2 rounded-md border border-transparent pr-1 pl-2",
            status.code === props.selected ? "border-line bg-sunken" : "hover:bg-hover",
          )}
        >
          <button
            type="button"
            aria-pressed={status.code === props.selected}
            aria-label={`Status ${status.code}`}
            onClick={() => props.onSelect(status.code)}
            className="flex min-w-0 flex-1 items-center gap-2 text-left"
          >
            <Badge tone={statusTone(Number(status.code))}>{status.code}</Badge>
            <span className="mono truncate text-muted">{status.note}</span>
          </button>
          {canWrite ? (
            <IconButton
              size="sm"
              label={`Remove status ${status.code}`}
              onClick={() => props.onRemove(status.code)}
            >
              <X />
            </IconButton>
          ) : null}
        </div>
      ))}
      {isAdding ? (
        <form onSubmit={add} className="flex items-center gap-1.5">
          <Input
            mono
            autoFocus
            aria-label="Status code"
            placeholder="404"
            className="w-24"
            value={code}
            onChange={(event) => setCode(event.target.value)}
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
          <Plus /> Add status
        </Button>
      ) : null}
    </div>
  );
}
