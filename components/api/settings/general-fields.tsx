"use client";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { NumberInput } from "../../ui/number-input";
import { Select } from "../../ui/select";
import { Textarea } from "../../ui/textarea";
import { type SettingsForm, unusualMediaTypes } from "./settings-form";
import type { SettingsFieldsProps } from "./settings-section";

/** Name and words, keys, binary bodies, compression. */
export function GeneralFields({ form, set, faults, readOnly }: SettingsFieldsProps) {
  const unusual = unusualMediaTypes(form.binaryMediaTypes);
  return (
    <>
      <Field layout="row" label="Name" error={faults.name}>
        <Input
          value={form.name}
          readOnly={readOnly}
          onChange={(event) => set({ name: event.target.value })}
        />
      </Field>
      <Field layout="row" label="Description" error={faults.description}>
        <Textarea
          rows={2}
          value={form.description}
          readOnly={readOnly}
          onChange={(event) => set({ description: event.target.value })}
        />
      </Field>
      <Field
        layout="row"
        label="Version"
        error={faults.version}
        help="A word of yours for exports, such as 1.4"
      >
        <Input
          className="max-w-56"
          value={form.version}
          readOnly={readOnly}
          onChange={(event) => set({ version: event.target.value })}
        />
      </Field>
      <Field
        layout="row"
        label="API key from"
        help={
          form.apiKeySource === "HEADER"
            ? "Methods that require a key read it from the request's x-api-key header"
            : "A Lambda authorizer gives the key as usageIdentifierKey; methods that require a key need such an authorizer"
        }
      >
        <Select
          className="max-w-56"
          value={form.apiKeySource}
          disabled={readOnly}
          onValueChange={(value) => set({ apiKeySource: value as SettingsForm["apiKeySource"] })}
          options={[
            { value: "HEADER", label: "The x-api-key header" },
            { value: "AUTHORIZER", label: "The authorizer's answer" },
          ]}
        />
      </Field>
      <Field
        layout="row"
        label="Binary media types"
        error={faults.binaryMediaTypes}
        help={
          unusual.length > 0 ? (
            <span className="text-warn">
              No media type, so nothing will match: <span className="mono">{unusual.join(", ")}</span>
            </span>
          ) : (
            "One a line, as in image/png; */* is every type. Bodies of these types stay bytes, all others are text."
          )
        }
      >
        <Textarea
          mono
          rows={3}
          value={form.binaryMediaTypes}
          readOnly={readOnly}
          placeholder="image/png"
          onChange={(event) => set({ binaryMediaTypes: event.target.value })}
        />
      </Field>
      <Field
        layout="row"
        label="Compress from"
        error={faults.minimumCompressionSize}
        help="Answers of at least this size are compressed for clients that accept it; 0 is every answer, empty is none. At most 10,485,760."
      >
        <NumberInput
          className="max-w-44"
          value={form.minimumCompressionSize}
          unit="bytes"
          readOnly={readOnly}
          placeholder="never"
          onValueChange={(minimumCompressionSize) => set({ minimumCompressionSize })}
        />
      </Field>
    </>
  );
}
