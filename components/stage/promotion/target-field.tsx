"use client";
import { useState } from "react";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { Select } from "../../ui/select";

const NEW_STAGE = "+new";

/** Which stage is promoted to: one of the others, or a new one by its name. */
export function TargetField({
  value,
  others,
  onChange,
}: {
  value: string;
  others: readonly string[];
  onChange: (name: string) => void;
}) {
  const [isNew, setNew] = useState(others.length === 0);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="To stage">
        <Select
          value={isNew || !others.includes(value) ? NEW_STAGE : value}
          onValueChange={(next) => {
            setNew(next === NEW_STAGE);
            onChange(next === NEW_STAGE ? "" : next);
          }}
          options={[
            ...others.map((name) => ({ value: name, label: name })),
            { value: NEW_STAGE, label: "New stage" },
          ]}
        />
      </Field>
      {isNew || !others.includes(value) ? (
        <Field label="Stage name" required help="Part of the URL, as in staging or prod">
          <Input
            mono
            value={value}
            onChange={(event) => onChange(event.target.value.trim())}
            placeholder="prod"
          />
        </Field>
      ) : null}
    </div>
  );
}
