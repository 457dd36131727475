"use client";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { fieldError, formError } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Dialog } from "../ui/overlay/dialog";
import { SecretOnce } from "../ui/overlay/secret-once";
import { Notice } from "../ui/state/notice";
import { useRefreshPlans } from "../usage-plan/use-refresh-plans";
import { PlanChoice } from "./plan-choice";

/** Issues a key; afterwards its value is shown this once. */
export function IssueKeyDialog({
  planId,
  onClose,
}: {
  planId?: string | undefined;
  onClose: (keyId?: string) => void;
}) {
  const trpc = useTRPC();
  const refresh = useRefreshPlans();
  const form = useId();
  const [name, setName] = useState("");
  const [customerId, setCustomerId] = useState("");
  const [planIds, setPlanIds] = useState<string[]>(planId ? [planId] : []);
  const [ownValue, setOwnValue] = useState<string | null>(null);
  const issue = useMutation(trpc.apiKey.create.mutationOptions({ onSuccess: refresh }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return;
    issue.mutate({
      name: name.trim(),
      planIds,
      ...(customerId.trim() ? { customerId: customerId.trim() } : {}),
      ...(ownValue ? { value: ownValue } : {}),
    });
  };
  if (issue.data) {
    const { key, value } = issue.data;
    return (
      <SecretOnce
        title={`Key for ${key.customerId ?? key.name}`}
        label="API key"
        value={value}
        usage={`curl -H 'x-api-key: ${value}' …`}
        onDone={() => onClose(key.id)}
      >
        Only its hash is kept: nobody can show this value again. If it is lost, issue another key and revoke
        this one.
      </SecretOnce>
    );
  }
  const problem = formError(issue.error, ["name", "customerId", "value"]);
  return (
    <Dialog
      open
      onOpenChange={() => onClose()}
      title="Issue an API key"
      width="sm"
      footer={
        <>
          <Button variant="ghost" onClick={() => onClose()}>
            Cancel
          </Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            pending={issue.isPending}
            disabled={!name.trim()}
            title={name.trim() ? undefined : "Name it first"}
          >
            {issue.isPending ? "Issuing…" : "Issue key"}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        {problem ? (
          <Notice tone="bad" title="Not issued">
            {problem}
          </Notice>
        ) : null}
        <Field label="Name" required error={fieldError(issue.error, "name")}>
          <Input
            autoFocus
            value={name}
            onChange={(event) => setName(event.target.value)}
            placeholder="Mobile app"
          />
        </Field>
        <Field
          label="Customer"
          aside="optional"
          help="Who holds it: a name, an account number, an e-mail"
          error={fieldError(issue.error, "customerId")}
        >
          <Input value={customerId} onChange={(event) => setCustomerId(event.target.value)} />
        </Field>
        <PlanChoice chosen={planIds} onChange={setPlanIds} />
        <Checkbox
          checked={ownValue !== null}
          onCheckedChange={(on) => setOwnValue(on ? "" : null)}
          label="Use a value of my own"
          help="For keys that move here from another gateway"
        />
        {ownValue === null ? null : (
          <Field label="Value" help="20 to 128 letters and digits" error={fieldError(issue.error, "value")}>
            <Input mono value={ownValue} onChange={(event) => setOwnValue(event.target.value)} />
          </Field>
        )}
      </form>
    </Dialog>
  );
}
