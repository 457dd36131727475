"use client";
import type { ReactNode } from "react";
import type { EditError } from "@/server/domain/errors";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { useDraft } from "../store/draft-provider";
import { useEditField } from "./edit-field";

/** One line of text of the draft, with the reason beside it when it is refused. */
export function TextField(props: {
  label: string;
  value: string;
  commit: (next: string) => EditError | null;
  help?: ReactNode;
  placeholder?: string;
  mono?: boolean;
  list?: string;
  /** The label above, for values as long as an address. */
  wide?: boolean;
}) {
  const { canWrite } = useDraft();
  const field = useEditField(props.value, props.commit);
  return (
    <Field
      layout={props.wide ? "stack" : "row"}
      label={props.wide ? <span className="font-normal text-muted">{props.label}</span> : props.label}
      error={field.error}
      help={props.help}
    >
      <Input
        value={field.value}
        readOnly={!canWrite}
        mono={props.mono ?? false}
        placeholder={props.placeholder}
        list={props.list}
        onChange={(event) => field.set(event.target.value)}
      />
    </Field>
  );
}
