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

export function NewAccessKeyDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("developer");
  const create = useMutation(
    trpc.accessKey.create.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.accessKey.pathFilter()),
    }),
  );
  if (create.data) {
    const { accessKeyId, secretAccessKey } = create.data;
    const usage = [
      `export AWS_ACCESS_KEY_ID=${accessKeyId}`,
      `export AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
      "export AWS_REGION=us-east-1",
      `export AWS_ENDPOINT_URL_API_GATEWAY=${window.location.origin}/aws`,
      "aws apigateway get-rest-apis",
    ].join("\n");
    return (
      <SecretOnce
        title={`Access key ${accessKeyId}`}
        label="Secret access key"
        value={secretAccessKey}
        usage={usage}
        onDone={onClose}
      >
        It is kept encrypted, to check signatures with: nobody can show it again.
      </SecretOnce>
    );
  }
  const submit = () => create.mutate({ name: name.trim(), role });
  const problem = formError(create.error, ["name", "role"]);
  return (
    <FormDialog
      title="New access key"
      action="Create access key"
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
          placeholder="Terraform"
        />
      </Field>
      <RoleField role={role} onChange={setRole} />
    </FormDialog>
  );
}
