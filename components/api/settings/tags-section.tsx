"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Loaded } from "../../shell/loaded";
import { useCan } from "../../shell/session";
import { failureOf } from "../../trpc/failure";
import { useTRPC } from "../../trpc/trpc";
import { Button } from "../../ui/button";
import { IconButton } from "../../ui/icon-button";
import { Input } from "../../ui/input";
import { Section } from "../../ui/section";
import { rowsOfTags, type TagRow, tagsOfRows } from "./tag-rows";

/** Labels of the API for bills and scripts. They are no part of the draft: saved, they are there. */
export function TagsSection({ apiId }: { apiId: string }) {
  const trpc = useTRPC();
  const tags = useQuery(trpc.api.tags.queryOptions({ apiId }));
  return (
    <Section title="Tags">
      <Loaded query={tags}>{(saved) => <TagsForm apiId={apiId} saved={saved} />}</Loaded>
    </Section>
  );
}

function TagsForm({ apiId, saved }: { apiId: string; saved: Record<string, string> }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const readOnly = !useCan()("api:write");
  const [edited, setEdited] = useState<TagRow[] | null>(null);
  const rows = edited ?? rowsOfTags(saved);
  const meant = tagsOfRows(rows);
  const isDirty =
    edited !== null &&
    !("tags" in meant && JSON.stringify(rowsOfTags(meant.tags)) === JSON.stringify(rowsOfTags(saved)));
  const put = useMutation(
    trpc.api.setTags.mutationOptions({
      onSuccess: (kept) => {
        client.setQueryData(trpc.api.tags.queryKey({ apiId }), kept);
        setEdited(null);
      },
    }),
  );
  const setRow = (index: number, change: Partial<TagRow>) =>
    setEdited(rows.map((row, at) => (at === index ? { ...row, ...change } : row)));
  const problem = put.error ? failureOf(put.error).message : "tags" in meant ? null : meant.message;
  return (
    <form
      className="flex max-w-[680px] flex-col gap-2 p-3.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (isDirty && "tags" in meant) put.mutate({ apiId, tags: meant.tags });
      }}
    >
      {rows.length === 0 ? (
        <p className="text-muted">
          None. Tags are for scripts, bills and access rules, such as{" "}
          <span className="mono">team = pets</span>. Terraform and AWS's tools see the same ones.
        </p>
      ) : null}
      {rows.map((row, index) => {
        const isBad = !("tags" in meant) && meant.key === row.key && (row.key !== "" || row.value !== "");
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row keeps its place while its key is typed
          <div key={index} className="flex items-center gap-1.5">
            <Input
              mono
              aria-label={`Key ${index + 1}`}
              aria-invalid={isBad || undefined}
              placeholder="team"
              value={row.key}
              readOnly={readOnly}
              onChange={(event) => setRow(index, { key: event.target.value })}
            />
            <span aria-hidden="true" className="text-faint">
              =
            </span>
            <Input
              mono
              aria-label={`Value ${index + 1}`}
              aria-invalid={isBad || undefined}
              placeholder="pets"
              value={row.value}
              readOnly={readOnly}
              onChange={(event) => setRow(index, { value: event.target.value })}
            />
            {readOnly ? null : (
              <IconButton
                label={`Remove ${row.key || `row ${index + 1}`}`}
                onClick={() => setEdited(rows.filter((_, at) => at !== index))}
              >
                <X />
              </IconButton>
            )}
          </div>
        );
      })}
      {problem ? (
        <p role="alert" className="text-bad text-sm">
          {problem}
        </p>
      ) : null}
      {readOnly ? null : (
        <div className="flex flex-wrap items-center gap-2">
          <Button size="sm" variant="ghost" onClick={() => setEdited([...rows, { key: "", value: "" }])}>
            <Plus /> Add tag
          </Button>
          {isDirty ? (
            <span className="ml-auto flex items-center gap-2">
              <span className="text-muted text-sm">Tags need no deployment</span>
              <Button variant="ghost" onClick={() => setEdited(null)}>
                Discard
              </Button>
              <Button type="submit" variant="primary" disabled={!("tags" in meant)} pending={put.isPending}>
                Save tags
              </Button>
            </span>
          ) : null}
        </div>
      )}
    </form>
  );
}
