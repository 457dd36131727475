"use client";
import type { ReactNode } from "react";
import type { EditError } from "@/server/domain/errors";
import { Field } from "../../ui/field";
import { Select, type SelectOption } from "../../ui/select";
import { Switch } from "../../ui/switch";
import { useDraft } from "../store/draft-provider";
import { useEditField } from "./edit-field";

/** One of a few values. */
export function ChoiceField(props: {
  label: string;
  value: string;
  options: readonly SelectOption[];
  commit: (next: string) => EditError | null;
  help?: ReactNode;
  mono?: boolean;
}) {
  const { canWrite } = useDraft();
  const field = useEditField(props.value, props.commit);
  return (
    <Field layout="row" label={props.label} error={field.error} help={props.help}>
      <Select
        value={field.value}
        onValueChange={field.set}
        options={props.options}
        disabled={!canWrite}
        mono={props.mono ?? false}
      />
    </Field>
  );
}

/** Yes or no. */
export function SwitchField(props: {
  label: string;
  value: boolean;
  commit: (next: boolean) => EditError | null;
  help?: ReactNode;
}) {
  const { canWrite } = useDraft();
  const field = useEditField(props.value, props.commit);
  return (
    <Field layout="row" label={props.label} error={field.error} help={props.help}>
      <Switch checked={field.value} onCheckedChange={field.set} disabled={!canWrite} />
    </Field>
  );
}
