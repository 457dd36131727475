"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Bookmark, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { toast } from "sonner";
import { useDraft } from "../designer/store/draft-provider";
import type { MethodKey } from "../designer/store/selection";
import { failureOf } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import { Popover } from "../ui/overlay/popover";
import { type StudioSample, starterSample } from "./sample";

type Saved = Answers["sample"]["list"][number];

const lastValues = (entries: Record<string, string | string[]>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(entries).map(([name, value]) => [
      name,
      Array.isArray(value) ? (value.at(-1) ?? "") : value,
    ]),
  );

/** The samples of this API: open one, keep this one, delete one. */
export function SavedSamples({
  methodKey,
  sample,
  onOpen,
}: {
  methodKey: MethodKey;
  sample: StudioSample;
  onOpen: (sample: StudioSample, name: string) => void;
}) {
  const { apiId, canWrite, definition } = useDraft();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  const list = useQuery(trpc.sample.list.queryOptions({ apiId }));
  const refresh = () => client.invalidateQueries(trpc.sample.list.queryFilter({ apiId }));
  const onError = (error: unknown) => toast.error(failureOf(error).message);
  const save = useMutation(
    trpc.sample.save.mutationOptions({
      onError,
      onSuccess: () => {
        toast.success(`Sample “${name}” saved`);
        setName("");
        return refresh();
      },
    }),
  );
  const remove = useMutation(trpc.sample.delete.mutationOptions({ onSuccess: refresh, onError }));
  const open = (saved: Saved) => {
    const { body, path, query, headers, context, stageVariables } = saved.input;
    const starter = starterSample(definition, methodKey).context;
    onOpen(
      {
        body,
        path,
        query: lastValues(query),
        headers: lastValues(headers),
        context: Object.keys(context).length > 0 ? context : starter,
        stageVariables,
      },
      saved.name,
    );
    setOpen(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return;
    const existing = list.data?.find((one) => one.name === name.trim());
    save.mutate({
      apiId,
      ...methodKey,
      ...(existing ? { id: existing.id } : {}),
      name: name.trim(),
      input: sample,
    });
  };
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      label="Samples"
      align="end"
      trigger={
        <Button size="sm" variant="ghost">
          <Bookmark /> Samples
        </Button>
      }
    >
      <div className="flex flex-col gap-2">
        {list.data?.length === 0 ? (
          <p className="text-muted">None saved yet. A sample keeps what you try templates and tests on.</p>
        ) : null}
        <ul className="max-h-60 overflow-y-auto">
          {list.data?.map((saved) => (
            <li key={saved.id} className="flex items-center gap-1">
              <button
                type="button"
                className="min-w-0 flex-1 truncate rounded-sm px-2 py-1 text-left hover:bg-hover"
                onClick={() => open(saved)}
              >
                {saved.name}
              </button>
              {canWrite ? (
                <IconButton
                  size="sm"
                  label={`Delete the sample ${saved.name}`}
                  onClick={() => remove.mutate({ apiId, id: saved.id })}
                >
                  <Trash2 />
                </IconButton>
              ) : null}
            </li>
          ))}
        </ul>
        {canWrite ? (
          <form onSubmit={submit} className="flex gap-1.5 border-line border-t pt-2">
            <Input
              aria-label="Name of the sample"
              placeholder="Save this one as…"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <Button type="submit" disabled={!name.trim()} pending={save.isPending}>
              Save
            </Button>
          </form>
        ) : null}
      </div>
    </Popover>
  );
}
