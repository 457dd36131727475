"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Role } from "@/server/domain/permissions";
import { RoleField } from "../people/role-field";
import { fieldError, formError } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { FormDialog } from "../ui/overlay/form-dialog";
import { SecretOnce } from "../ui/overlay/secret-once";

export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("developer");
  const create = useMutation(
    trpc.token.create.mutationOptions({ onSuccess: () => client.invalidateQueries(trpc.token.pathFilter()) }),
  );
  if (create.data)
    return (
      <SecretOnce
        title={`Token ${name.trim()}`}
        label="Machine token"
        value={create.data.token}
        usage={`GATEHOUSE_TOKEN=${create.data.token} npx gatehouse status`}
        onDone={onClose}
      >
        Only its hash is kept: nobody can show this token again.
      </SecretOnce>
    );
  const submit = () => create.mutate({ name: name.trim(), role });
  const problem = formError(create.error, ["name", "role"]);
  return (
    <FormDialog
      title="New machine token"
      action="Create token"
      onSubmit={submit}
      onClose={onClose}
      pending={create.isPending}
      blocked={name.trim() ? false : "Name it first"}
      problem={problem}
    >
      <Field label="Name" required error={fieldError(create.error, "name")} help="What uses it">
        <Input
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder="Deploy pipeline"
        />
      </Field>
      <RoleField role={role} onChange={setRole} />
    </FormDialog>
  );
}
