"use client";
import Link from "next/link";
import type { EditInput } from "@/server/domain/edits/index";
import { ChoiceField, SwitchField } from "../../designer/fields/choice-field";
import { useEditField } from "../../designer/fields/edit-field";
import { useDraft } from "../../designer/store/draft-provider";
import { Field } from "../../ui/field";
import { NumberInput } from "../../ui/number-input";
import { Textarea } from "../../ui/textarea";

const DEFAULT_COMPRESSION_BYTES = 1024;

/** What holds for the bodies and keys of every method. */
export function PayloadsPart() {
  const { apiId, definition, dispatch, canWrite } = useDraft();
  const change = (changes: EditInput<"update-api">["changes"]) =>
    dispatch({ name: "update-api", input: { changes } });
  const size = definition.minimumCompressionSize;
  const mediaTypes = useEditField(definition.binaryMediaTypes.join("\n"), (text) =>
    change({
      binaryMediaTypes: text
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    }),
  );
  const compression = useEditField<number | null>(size, (bytes) =>
    change({ minimumCompressionSize: bytes ?? 0 }),
  );
  return (
    <div className="flex flex-col gap-3 px-3.5 py-3">
      <ChoiceField
        label="API key from"
        value={definition.apiKeySource}
        options={[
          { value: "HEADER", label: "The x-api-key header" },
          { value: "AUTHORIZER", label: "The authorizer's answer" },
        ]}
        commit={(next) => change({ apiKeySource: next as "HEADER" | "AUTHORIZER" })}
        help="Where methods that require a key look for it"
      />
      <BinaryTypes field={mediaTypes} readOnly={!canWrite} />
      <SwitchField
        label="Compress answers"
        value={size !== null}
        commit={(isOn) => change({ minimumCompressionSize: isOn ? DEFAULT_COMPRESSION_BYTES : null })}
      />
      {size === null ? null : (
        <Field
          layout="row"
          label="From"
          error={compression.error}
          help="Smaller answers are sent as they are"
        >
          <NumberInput
            value={compression.value}
            onValueChange={compression.set}
            unit="bytes"
            readOnly={!canWrite}
          />
        </Field>
      )}
      <p className="text-muted">
        Name, version and the rest are in the{" "}
        <Link href={`/apis/${apiId}/settings`} className="text-accent underline underline-offset-2">
          settings
        </Link>
        .
      </p>
    </div>
  );
}

function BinaryTypes({
  field,
  readOnly,
}: {
  field: { value: string; error: string | undefined; set: (text: string) => void };
  readOnly: boolean;
}) {
  return (
    <Field
      layout="row"
      label="Binary media types"
      error={field.error}
      help="One a line, as in image/png or */*; bodies of other types are text"
    >
      <Textarea
        mono
        rows={4}
        readOnly={readOnly}
        value={field.value}
        placeholder="image/png"
        onChange={(event) => field.set(event.target.value)}
      />
    </Field>
  );
}
