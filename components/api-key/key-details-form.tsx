"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { isSame } from "../shell/is-same";
import { useCan } from "../shell/session";
import { fieldError, formError } from "../trpc/failure";
import { type Answers, useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Textarea } from "../ui/textarea";
import { useRefreshPlans } from "../usage-plan/use-refresh-plans";

/** What is written on a key: its name, its customer, a note. */
export function KeyDetailsForm({ apiKey }: { apiKey: Answers["apiKey"]["get"] }) {
  const trpc = useTRPC();
  const readOnly = !useCan()("key:write");
  const refresh = useRefreshPlans();
  const saved = { name: apiKey.name, customerId: apiKey.customerId ?? "", description: apiKey.description };
  const [edited, setEdited] = useState<typeof saved | null>(null);
  const form = edited ?? saved;
  const update = useMutation(
    trpc.apiKey.update.mutationOptions({
      onSuccess: async () => {
        await refresh();
        setEdited(null);
      },
    }),
  );
  const set = (change: Partial<typeof saved>) => setEdited({ ...form, ...change });
  const isDirty = edited !== null && !isSame(edited, saved);
  const problem = formError(update.error, ["changes"]);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate({ keyId: apiKey.id, changes: { ...form, customerId: form.customerId.trim() || null } });
      }}
    >
      <Field label="Name" error={form.name.trim() ? fieldError(update.error, "changes") : "Needs a name"}>
        <Input
          value={form.name}
          readOnly={readOnly}
          onChange={(event) => set({ name: event.target.value })}
        />
      </Field>
      <Field label="Customer">
        <Input
          value={form.customerId}
          readOnly={readOnly}
          onChange={(event) => set({ customerId: event.target.value })}
        />
      </Field>
      <Field label="Note">
        <Textarea
          rows={2}
          value={form.description}
          readOnly={readOnly}
          onChange={(event) => set({ description: event.target.value })}
        />
      </Field>
      {problem ? (
        <p role="alert" className="text-bad">
          {problem}
        </p>
      ) : null}
      {isDirty ? (
        <div className="flex justify-end gap-2">
          <Button variant="ghost" onClick={() => setEdited(null)}>
            Discard
          </Button>
          <Button type="submit" variant="primary" pending={update.isPending} disabled={!form.name.trim()}>
            Save
          </Button>
        </div>
      ) : null}
    </form>
  );
}
