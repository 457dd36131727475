"use client";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { fieldError, formError } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { FormDialog } from "../ui/overlay/form-dialog";
import { Textarea } from "../ui/textarea";

export function NewApiDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const create = useMutation(
    trpc.api.create.mutationOptions({ onSuccess: ({ apiId }) => router.push(`/apis/${apiId}/design`) }),
  );
  const submit = () =>
    create.mutate({ name: name.trim(), ...(description.trim() ? { description: description.trim() } : {}) });
  const problem = formError(create.error, ["name", "description"]);
  return (
    <FormDialog
      title="New API"
      action="Create API"
      onSubmit={submit}
      onClose={onClose}
      pending={create.isPending || create.isSuccess}
      blocked={name.trim() ? false : "Name it first"}
      problem={problem}
      aside={
        <Button variant="ghost" asChild className="mr-auto -ml-2.5">
          <Link href="/apis/import">Import a document instead</Link>
        </Button>
      }
    >
      <Field label="Name" required error={fieldError(create.error, "name")}>
        <Input
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder="Pet store"
        />
      </Field>
      <Field label="Description" aside="optional" error={fieldError(create.error, "description")}>
        <Textarea
          rows={2}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
          placeholder="What it is for"
        />
      </Field>
    </FormDialog>
  );
}
