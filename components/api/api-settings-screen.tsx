"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Loaded } from "../shell/loaded";
import { PageBody } from "../shell/page-header";
import { useCan } from "../shell/session";
import { useShortcut } from "../shell/shortcuts";
import { failureOf } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { CopyableId } from "../ui/copy-button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { NumberInput } from "../ui/number-input";
import { Section } from "../ui/section";
import { Select } from "../ui/select";
import { Switch } from "../ui/switch";
import { Textarea } from "../ui/textarea";
import { ApiHeader } from "./api-header";
import { useApi, useRefreshApi } from "./use-api";

type Api = Answers["api"]["get"];

const formOf = ({ definition }: Api) => ({
  name: definition.name,
  description: definition.description,
  version: definition.version,
  apiKeySource: definition.apiKeySource,
  binaryMediaTypes: definition.binaryMediaTypes.join("\n"),
  minimumCompressionSize: definition.minimumCompressionSize,
  disableExecuteApiEndpoint: definition.disableExecuteApiEndpoint,
});
type Form = ReturnType<typeof formOf>;

/** Only what differs, so that the history says what was changed. */
function changesOf(before: Form, after: Form) {
  const changed = Object.entries(after).filter(([name, value]) => value !== before[name as keyof Form]);
  return Object.fromEntries(
    changed.map(([name, value]) => [
      name,
      name === "binaryMediaTypes"
        ? String(value)
            .split("\n")
            .map((line) => line.trim())
            .filter(Boolean)
        : value,
    ]),
  );
}

function SettingsForm({ api }: { api: Api }) {
  const trpc = useTRPC();
  const readOnly = !useCan()("api:write");
  const refresh = useRefreshApi(api.id);
  const [edited, setEdited] = useState<Form | null>(null);
  const saved = formOf(api);
  const form = edited ?? saved;
  const edit = useMutation(
    trpc.api.edit.mutationOptions({
      onSuccess: async () => {
        await refresh();
        setEdited(null);
      },
    }),
  );
  const changes = changesOf(saved, form);
  const isDirty = Object.keys(changes).length > 0;
  const set = (change: Partial<Form>) => setEdited({ ...form, ...change });
  const save = () => {
    if (isDirty && form.name.trim() && !edit.isPending)
      edit.mutate({
        apiId: api.id,
        revision: api.revision,
        edits: [{ name: "update-api", input: { changes } }],
      });
  };
  useShortcut({ keys: "mod+s", label: "Save the settings", run: save, inFields: true }, isDirty);
  const failure = edit.error ? failureOf(edit.error) : null;
  return (
    <Section title="API settings" aside={<CopyableId id={api.id} label="API id" />}>
      <div className="flex max-w-[640px] flex-col gap-4 p-3.5">
        <Field layout="row" label="Name" error={form.name.trim() ? undefined : "Needs a name"}>
          <Input
            value={form.name}
            readOnly={readOnly}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <Field layout="row" label="Description">
          <Textarea
            rows={2}
            value={form.description}
            readOnly={readOnly}
            onChange={(event) => set({ description: event.target.value })}
          />
        </Field>
        <Field layout="row" label="Version">
          <Input
            value={form.version}
            readOnly={readOnly}
            onChange={(event) => set({ version: event.target.value })}
          />
        </Field>
        <Field layout="row" label="API key from" help="Where methods that require a key look for it">
          <Select
            value={form.apiKeySource}
            disabled={readOnly}
            onValueChange={(value) => set({ apiKeySource: value as Form["apiKeySource"] })}
            options={[
              { value: "HEADER", label: "The x-api-key header" },
              { value: "AUTHORIZER", label: "The authorizer's answer" },
            ]}
          />
        </Field>
        <Field
          layout="row"
          label="Binary media types"
          help="One a line, as in image/png or */*; bodies of other types are text"
        >
          <Textarea
            mono
            rows={3}
            value={form.binaryMediaTypes}
            readOnly={readOnly}
            onChange={(event) => set({ binaryMediaTypes: event.target.value })}
          />
        </Field>
        <Field
          layout="row"
          label="Compress from"
          help="Answers of at least this size are compressed; empty never does"
        >
          <NumberInput
            className="max-w-44"
            value={form.minimumCompressionSize}
            unit="bytes"
            readOnly={readOnly}
            placeholder="never"
            onValueChange={(value) =>
              set({ minimumCompressionSize: value === null ? null : Math.min(10_485_760, Math.trunc(value)) })
            }
          />
        </Field>
        <Field
          layout="row"
          label="Default endpoint off"
          help="Refuses calls to the API's own address; only for those with another way in"
        >
          <Switch
            checked={form.disableExecuteApiEndpoint}
            disabled={readOnly}
            onCheckedChange={(disableExecuteApiEndpoint) => set({ disableExecuteApiEndpoint })}
          />
        </Field>
      </div>
      {readOnly ? null : (
        <div className="flex min-h-12 items-center gap-2 border-line border-t px-3.5 py-2">
          <p className="min-w-0 flex-1 text-sm" role={failure ? "alert" : undefined}>
            {failure ? (
              <span className="text-bad">
                {failure.code === "CONFLICT"
                  ? "Somebody changed the draft meanwhile. Save again to keep your changes on top."
                  : failure.message}
              </span>
            ) : isDirty ? (
              <span className="text-muted">Not saved yet. Settings go live with the next deployment.</span>
            ) : null}
          </p>
          {isDirty ? (
            <Button variant="ghost" onClick={() => setEdited(null)}>
              Discard
            </Button>
          ) : null}
          <Button
            variant={isDirty ? "primary" : "default"}
            disabled={!isDirty || !form.name.trim()}
            title={isDirty ? undefined : "Nothing has changed"}
            pending={edit.isPending}
            onClick={save}
          >
            Save
          </Button>
        </div>
      )}
    </Section>
  );
}

export function ApiSettingsScreen({ apiId }: { apiId: string }) {
  const query = useApi(apiId);
  return (
    <>
      <ApiHeader apiId={apiId} section="Settings" />
      <PageBody>
        <Loaded query={query}>{(api) => <SettingsForm api={api} />}</Loaded>
      </PageBody>
    </>
  );
}
