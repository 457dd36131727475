"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Bookmark } from "lucide-react";
import { useState } from "react";
import { toast } from "sonner";
import { useDraft } from "../designer/store/draft-provider";
import { failureOf } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Dialog } from "../ui/overlay/dialog";
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from "../ui/overlay/dropdown-menu";
import { multiValues, pairsOf } from "./test-request";
import type { TestRunState, TestTarget } from "./use-test-run";

type Sample = Answers["sample"]["list"][number];

function SaveDialog({
  target,
  test,
  own,
  onClose,
}: {
  target: TestTarget;
  test: TestRunState;
  /** The samples of this method: one of the same name is replaced. */
  own: readonly Sample[];
  onClose: () => void;
}) {
  const { apiId } = useDraft();
  const trpc = useTRPC();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const { form } = test;
  const twin = own.find((sample) => sample.name === name.trim());
  const save = useMutation(
    trpc.sample.save.mutationOptions({
      onSuccess: () => {
        void client.invalidateQueries(trpc.sample.list.queryFilter({ apiId }));
        toast.success(`Saved as “${name.trim()}”`);
        onClose();
      },
    }),
  );
  const submit = () => {
    if (!name.trim() || save.isPending) return;
    save.mutate({
      apiId,
      ...(twin ? { id: twin.id } : {}),
      resourceId: target.resourceId,
      httpMethod: target.method.httpMethod,
      name: name.trim(),
      input: {
        body: form.body,
        path: form.path,
        query: multiValues(form.query),
        headers: multiValues(form.headers),
        context: {},
        stageVariables: test.stageVariables,
      },
    });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="sm"
      title="Save the request as a sample"
      description="Samples are shared with everybody who works on this API, here and in the template studio."
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button variant="primary" pending={save.isPending} disabled={!name.trim()} onClick={submit}>
            {twin ? "Replace sample" : "Save sample"}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field
          label="Name"
          error={save.error ? failureOf(save.error).message : undefined}
          help={twin ? "This method has a sample of that name: it is replaced" : undefined}
        >
          <Input
            autoFocus
            value={name}
            placeholder="new pet"
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}

/** Saved requests of this API: fill the form with one, or keep this one. */
export function SampleMenu({
  target,
  test,
  compact,
}: {
  target: TestTarget;
  test: TestRunState;
  compact?: boolean | undefined;
}) {
  const { apiId, canWrite } = useDraft();
  const trpc = useTRPC();
  const [isSaving, setSaving] = useState(false);
  const { data: samples = [] } = useQuery(trpc.sample.list.queryOptions({ apiId }));
  const isOwn = (sample: Sample) =>
    sample.resourceId === target.resourceId && sample.httpMethod === target.method.httpMethod;
  const ordered = [...samples].sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  const fill = ({ input }: Sample) =>
    test.setForm({
      body: input.body,
      path: input.path,
      query: pairsOf(input.query),
      headers: pairsOf(input.headers),
    });
  return (
    <>
      <DropdownMenu
        trigger={
          <Button variant="ghost">
            <Bookmark /> <span className={compact ? "sr-only" : "max-sm:sr-only"}>Samples</span>
          </Button>
        }
      >
        <MenuLabel>Fill in from a sample</MenuLabel>
        {ordered.length === 0 ? <MenuItem disabled>None saved yet</MenuItem> : null}
        {ordered.slice(0, 12).map((sample) => (
          <MenuItem key={sample.id} onSelect={() => fill(sample)}>
            {sample.name}
          </MenuItem>
        ))}
        {canWrite ? (
          <>
            <MenuSeparator />
            <MenuItem onSelect={() => setSaving(true)}>Save this request…</MenuItem>
          </>
        ) : null}
      </DropdownMenu>
      {isSaving ? (
        <SaveDialog
          target={target}
          test={test}
          own={samples.filter(isOwn)}
          onClose={() => setSaving(false)}
        />
      ) : null}
    </>
  );
}
