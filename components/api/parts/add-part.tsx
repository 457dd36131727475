"use client";
import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import type { EditError } from "@/server/domain/errors";
import { useDraft } from "../../designer/store/draft-provider";
import { Button } from "../../ui/button";
import { Input } from "../../ui/input";

/** A button that becomes a one-line form for the name of a new part. */
export function AddPart({
  label,
  placeholder,
  onAdd,
}: {
  /** As in "Add model". */
  label: string;
  placeholder: string;
  onAdd: (name: string) => EditError | null;
}) {
  const { canWrite } = useDraft();
  const [name, setName] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  if (!canWrite) return null;
  if (name === null)
    return (
      <Button size="sm" className="mx-3.5 my-2.5" onClick={() => setName("")}>
        <Plus /> {label}
      </Button>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const refused = onAdd(name.trim());
    setError(refused?.message ?? null);
    if (!refused) setName(null);
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-1 px-3.5 py-2.5">
      <div className="flex gap-1.5">
        <Input
          mono
          autoFocus
          aria-label={`${label}: name`}
          placeholder={placeholder}
          value={name}
          onChange={(event) => {
            setName(event.target.value);
            setError(null);
          }}
          onKeyDown={(event) => event.key === "Escape" && setName(null)}
        />
        <Button type="submit" variant="primary">
          Add
        </Button>
        <Button variant="ghost" onClick={() => setName(null)}>
          Cancel
        </Button>
      </div>
      {error ? (
        <p role="alert" className="text-bad text-sm">
          {error}
        </p>
      ) : null}
    </form>
  );
}
