"use client";
import { Plus, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import { overrideRows } from "./canary-words";

type Overrides = Record<string, string>;

const NAME = /^\w+$/;
export const OVERRIDE_VALUE = /^[A-Za-z0-9\-._~:/?#&=,]*$/;

function without(overrides: Overrides, name: string): Overrides {
  return Object.fromEntries(Object.entries(overrides).filter(([other]) => other !== name));
}

function AddVariable({ onAdd, taken }: { onAdd: (name: string) => void; taken: readonly string[] }) {
  const [name, setName] = useState("");
  const canAdd = NAME.test(name) && !taken.includes(name);
  const add = () => {
    if (!canAdd) return;
    onAdd(name);
    setName("");
  };
  return (
    <div className="flex items-center gap-2">
      <Input
        mono
        aria-label="Name of a variable only the canary has"
        placeholder="only_the_canary"
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && add()}
        className="max-w-[200px]"
      />
      <Button
        variant="ghost"
        disabled={!canAdd}
        title={canAdd ? undefined : "Letters, digits and _, not used yet"}
        onClick={add}
      >
        <Plus /> Add for the canary
      </Button>
    </div>
  );
}

/** The stage's variables, and what the canary sees in their place. */
export function OverridesTable({
  variables,
  value,
  onChange,
  readOnly,
}: {
  variables: Overrides;
  value: Overrides;
  onChange: (value: Overrides) => void;
  readOnly?: boolean;
}) {
  const rows = overrideRows(variables, value);
  return (
    <div className="flex flex-col gap-2">
      {rows.length === 0 ? (
        <p className="text-muted">The stage has no variables. The canary may have some of its own.</p>
      ) : (
        <table aria-label="Variables of the canary" className="w-full table-fixed text-left">
          <thead className="text-muted text-sm">
            <tr>
              <th scope="col" className="w-[26%] pr-2 pb-1 font-normal">
                Name
              </th>
              <th scope="col" className="w-[26%] pr-2 pb-1 font-normal max-sm:hidden">
                Stage
              </th>
              <th scope="col" className="pr-2 pb-1 font-normal">
                Canary
              </th>
              <th scope="col" className="w-24 pb-1">
                <span className="sr-only">State</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, stageValue, value: shown, state }) => (
              <tr key={name} className="align-middle">
                <td className="mono truncate py-0.5 pr-2" title={name}>
                  {name}
                </td>
                <td className="mono truncate py-0.5 pr-2 text-muted max-sm:hidden" title={stageValue ?? ""}>
                  {stageValue === null ? "–" : state === "changed" ? <s>{stageValue}</s> : stageValue}
                </td>
                <td className="py-0.5 pr-2">
                  <Input
                    mono
                    aria-label={`Value of ${name} for the canary`}
                    aria-invalid={OVERRIDE_VALUE.test(shown) ? undefined : true}
                    value={shown}
                    readOnly={readOnly}
                    onChange={(event) => onChange({ ...value, [name]: event.target.value })}
                  />
                </td>
                <td>
                  <span className="flex items-center justify-end gap-1">
                    {state === "same" ? null : <Badge tone={state === "new" ? "ok" : "warn"}>{state}</Badge>}
                    {state === "same" || readOnly ? null : (
                      <IconButton
                        label={state === "new" ? `Remove ${name}` : `${name} as on the stage`}
                        onClick={() => onChange(without(value, name))}
                      >
                        {state === "new" ? <Trash2 /> : <RotateCcw />}
                      </IconButton>
                    )}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {readOnly ? null : (
        <AddVariable
          taken={rows.map(({ name }) => name)}
          onAdd={(name) => onChange({ ...value, [name]: "" })}
        />
      )}
    </div>
  );
}
