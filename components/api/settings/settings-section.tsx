"use client";
import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { useCan } from "../../shell/session";
import { useShortcut } from "../../shell/shortcuts";
import { failureOf } from "../../trpc/failure";
import { type Answers, useTRPC } from "../../trpc/trpc";
import { Button } from "../../ui/button";
import { CopyableId } from "../../ui/copy-button";
import { Section } from "../../ui/section";
import { useRefreshApi } from "../use-api";
import { EndpointFields } from "./endpoint-fields";
import { GeneralFields } from "./general-fields";
import { PolicyField } from "./policy-field";
import { changesOf, faultsOf, formOf, type SettingsForm } from "./settings-form";

type Api = Answers["api"]["get"];

export type SettingsFieldsProps = {
  form: SettingsForm;
  set: (change: Partial<SettingsForm>) => void;
  faults: ReturnType<typeof faultsOf>;
  readOnly: boolean;
};

const COLUMN = "flex max-w-[680px] flex-col gap-4 p-3.5 sm:[--label-width:152px]";

/** What is part of the draft: saved as one edit, live with the next deployment, undone in the history. */
export function SettingsSection({ api }: { api: Api }) {
  const trpc = useTRPC();
  const readOnly = !useCan()("api:write");
  const refresh = useRefreshApi(api.id);
  const [edited, setEdited] = useState<SettingsForm | null>(null);
  const saved = useMemo(() => formOf(api.definition), [api.definition]);
  const form = edited ?? saved;
  const changes = useMemo(() => changesOf(saved, form), [saved, form]);
  const faults = useMemo(() => faultsOf(api.definition, changes), [api.definition, changes]);
  const edit = useMutation(
    trpc.api.edit.mutationOptions({
      onSuccess: async () => {
        await refresh();
        setEdited(null);
      },
    }),
  );
  const isDirty = Object.keys(changes).length > 0;
  const faultCount = Object.keys(faults).length;
  const save = () => {
    if (isDirty && faultCount === 0 && !edit.isPending)
      edit.mutate({
        apiId: api.id,
        revision: api.revision,
        edits: [{ name: "update-api", input: { changes } }],
      });
  };
  useShortcut({ keys: "mod+s", label: "Save the settings", run: save, inFields: true }, isDirty);
  const fields: SettingsFieldsProps = {
    form,
    set: (change) => setEdited({ ...form, ...change }),
    faults,
    readOnly,
  };
  return (
    <>
      <Section title="API settings" aside={<CopyableId id={api.id} label="API id" />}>
        <div className={COLUMN}>
          <GeneralFields {...fields} />
        </div>
      </Section>
      <Section title="Endpoint">
        <div className={COLUMN}>
          <EndpointFields {...fields} />
        </div>
      </Section>
      <Section title="Resource policy" padded>
        <PolicyField {...fields} />
      </Section>
      {isDirty ? (
        <div className="sticky bottom-0 z-10 flex min-h-12 flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-surface px-3.5 py-2 shadow-float">
          <SaveState faultCount={faultCount} failure={edit.error ? failureOf(edit.error) : null} />
          <Button variant="ghost" onClick={() => setEdited(null)}>
            Discard
          </Button>
          <Button variant="primary" disabled={faultCount > 0} pending={edit.isPending} onClick={save}>
            Save
          </Button>
        </div>
      ) : null}
    </>
  );
}

function SaveState({
  faultCount,
  failure,
}: {
  faultCount: number;
  failure: ReturnType<typeof failureOf> | null;
}) {
  if (faultCount > 0)
    return (
      <p className="min-w-0 flex-1 text-bad text-sm">
        {faultCount === 1 ? "One field is refused" : `${faultCount} fields are refused`}: see beside it.
      </p>
    );
  if (failure)
    return (
      <p role="alert" className="min-w-0 flex-1 text-bad text-sm">
        {failure.code === "CONFLICT"
          ? "Somebody changed the draft meanwhile. Save again to keep your changes on top."
          : failure.message}
      </p>
    );
  return (
    <p className="min-w-0 flex-1 text-muted text-sm">
      Not saved yet. Settings go live with the next deployment.
    </p>
  );
}
