"use client";
import { CodeEditor } from "../../code-editor/code-editor";
import { Button } from "../../ui/button";
import { Select } from "../../ui/select";
import { POLICY_EXAMPLES } from "./policy-examples";
import { policyWarning } from "./settings-form";
import type { SettingsFieldsProps } from "./settings-section";

/** Who may call the API at all, as JSON: an IAM policy on the API itself. */
export function PolicyField({ form, set, faults, readOnly }: SettingsFieldsProps) {
  const warning = faults.policy ? null : policyWarning(form.policy);
  return (
    <div className="flex flex-col gap-2.5">
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 basis-72 text-muted">
          An IAM policy on the API: it allows and denies calls by address, signed caller, stage and path,
          before any method is asked. Empty is open to all.
        </p>
        {readOnly ? null : (
          <Select
            aria-label="Start from an example"
            className="w-56"
            value={undefined}
            placeholder="Start from an example"
            onValueChange={(name) => set({ policy: JSON.stringify(POLICY_EXAMPLES[name]?.policy, null, 2) })}
            options={Object.entries(POLICY_EXAMPLES).map(([value, { label, hint }]) => ({
              value,
              label,
              hint,
            }))}
          />
        )}
        {form.policy && !readOnly ? (
          <Button variant="ghost" onClick={() => set({ policy: "" })}>
            Remove
          </Button>
        ) : null}
      </div>
      <CodeEditor
        language="json"
        label="Resource policy"
        value={form.policy}
        readOnly={readOnly}
        onChange={(policy) => set({ policy })}
        className={form.policy ? "h-64" : "h-24"}
      />
      {faults.policy ? (
        <p role="alert" className="text-bad text-sm">
          {faults.policy}
        </p>
      ) : warning ? (
        <p role="status" className="text-sm text-warn">
          Can be saved, but this gateway would refuse every call: {warning}
        </p>
      ) : (
        <p className="text-faint text-sm">
          <span className="mono">execute-api:/stage/GET/path</span> stands for this API's own ARN. It takes
          effect with the next deployment.
        </p>
      )}
    </div>
  );
}
