"use client";
import { useState } from "react";
import { fullLocation, PART_TYPES } from "@/server/domain/documentation/part-location";
import { useDraft } from "../../designer/store/draft-provider";
import { newId } from "../../designer/store/new-id";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { Select } from "../../ui/select";

const FIELDS = [
  { field: "path", label: "Path", placeholder: "/ and all below it" },
  { field: "method", label: "Method", placeholder: "* is any" },
  { field: "statusCode", label: "Status", placeholder: "* is any" },
  { field: "name", label: "Name", placeholder: "of the parameter, header, model or authorizer" },
] as const;

/** A part's place is chosen once: AWS does not let it be changed either. */
export function NewDocumentationPart({ onDone }: { onDone: (id: string | null) => void }) {
  const { dispatch } = useDraft();
  const [type, setType] = useState("METHOD");
  const [place, setPlace] = useState<Partial<Record<(typeof FIELDS)[number]["field"], string>>>({});
  const [error, setError] = useState<string | null>(null);
  const fields = FIELDS.filter(({ field }) => PART_TYPES[type]?.fields.includes(field));
  const submit = () => {
    const id = newId();
    const said = fields.flatMap(({ field }) => {
      const text = place[field]?.trim();
      return text ? [[field, field === "method" ? text.toUpperCase() : text]] : [];
    });
    const location = fullLocation({ type, ...Object.fromEntries(said) });
    const part = { id, location, properties: '{\n  "description": ""\n}' };
    const refused = dispatch({ name: "put-documentation-part", input: { part } });
    setError(refused?.message ?? null);
    if (!refused) onDone(id);
  };
  return (
    <form
      aria-label="New documentation"
      className="flex flex-col gap-2.5 border-line border-b bg-sunken px-3.5 py-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field layout="row" label="About" error={error ?? undefined}>
        <Select
          value={type}
          onValueChange={(next) => {
            setType(next);
            setError(null);
          }}
          options={Object.keys(PART_TYPES).map((value) => ({ value, label: value }))}
        />
      </Field>
      {fields.map(({ field, label, placeholder }) => (
        <Field key={field} layout="row" label={label}>
          <Input
            mono
            value={place[field] ?? ""}
            placeholder={placeholder}
            onChange={(event) => setPlace({ ...place, [field]: event.target.value })}
          />
        </Field>
      ))}
      <div className="flex justify-end gap-2">
        <Button variant="ghost" onClick={() => onDone(null)}>
          Cancel
        </Button>
        <Button type="submit" variant="primary">
          Add documentation
        </Button>
      </div>
    </form>
  );
}
