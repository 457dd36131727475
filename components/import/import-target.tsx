"use client";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../trpc/trpc";
import { Segmented } from "../ui/segmented";
import { Select } from "../ui/select";
import type { ImportTarget } from "./use-import-preview";

type Place = "new" | ImportTarget["mode"];

const HELP: Record<Place, string> = {
  new: "Makes an API of its own.",
  overwrite: "The draft becomes what the document says; what it does not name is removed.",
  merge: "Adds to the draft; where both define something, the document wins.",
};

/** Into a new API, or over or into one that exists. */
export function ImportTargetPicker({
  target,
  onChange,
}: {
  target: ImportTarget | null;
  onChange: (target: ImportTarget | null) => void;
}) {
  const trpc = useTRPC();
  const apis = useQuery(trpc.api.list.queryOptions());
  const first = apis.data?.[0]?.id;
  const place: Place = target?.mode ?? "new";
  if (!first) return null;
  return (
    <div className="flex flex-col gap-1.5 border-line border-b px-3.5 py-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="Import as"
          value={place}
          onValueChange={(next) => {
            const apiId = target?.apiId ?? first;
            onChange(next === "new" || !apiId ? null : { apiId, mode: next });
          }}
          options={[
            { value: "new", label: "New API" },
            { value: "merge", label: "Merge into" },
            { value: "overwrite", label: "Overwrite" },
          ]}
        />
        {target ? (
          <Select
            aria-label="Existing API"
            className="w-52"
            value={target.apiId}
            onValueChange={(apiId) => onChange({ ...target, apiId })}
            options={(apis.data ?? []).map((api) => ({ value: api.id, label: api.name, hint: api.id }))}
          />
        ) : null}
      </div>
      <p className="text-faint text-sm">
        {HELP[place]} {target ? "It is one step in the history and can be undone." : null}
      </p>
    </div>
  );
}
