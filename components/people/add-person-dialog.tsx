"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Role } from "@/server/domain/permissions";
import { fieldError, formError } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { FormDialog } from "../ui/overlay/form-dialog";
import { SecretOnce } from "../ui/overlay/secret-once";
import { RoleField } from "./role-field";

/** Adds a person; afterwards their first password is shown this once. */
export function AddPersonDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("developer");
  const create = useMutation(
    trpc.people.create.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.people.pathFilter()),
    }),
  );
  const submit = () => create.mutate({ name: name.trim(), email: email.trim(), role });
  if (create.data)
    return (
      <SecretOnce
        title={`${name.trim()} can sign in`}
        label="First password"
        value={create.data.temporaryPassword}
        onDone={onClose}
      >
        Hand this password to {name.trim()} over a channel you trust. The console sends no mail.
      </SecretOnce>
    );
  const problem = formError(create.error, ["name", "email", "role"]);
  return (
    <FormDialog
      title="Add a person"
      action="Add"
      onSubmit={submit}
      onClose={onClose}
      pending={create.isPending}
      blocked={name.trim() && email.trim() ? false : "Name and e-mail first"}
      problem={problem}
    >
      <Field label="Name" required error={fieldError(create.error, "name")}>
        <Input autoFocus value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="E-mail" required error={fieldError(create.error, "email")}>
        <Input type="email" value={email} onChange={(event) => setEmail(event.target.value)} />
      </Field>
      <RoleField role={role} onChange={setRole} />
    </FormDialog>
  );
}
