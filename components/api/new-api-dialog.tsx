"use client";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { fieldError, formError } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Dialog } from "../ui/overlay/dialog";
import { Notice } from "../ui/state/notice";
import { Textarea } from "../ui/textarea";

export function NewApiDialog({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const form = useId();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const create = useMutation(
    trpc.api.create.mutationOptions({ onSuccess: ({ apiId }) => router.push(`/apis/${apiId}/design`) }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ name: name.trim(), ...(description.trim() ? { description: description.trim() } : {}) });
  };
  const problem = formError(create.error, ["name", "description"]);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="New API"
      width="sm"
      footer={
        <>
          <Button variant="ghost" asChild className="mr-auto -ml-2.5">
            <Link href="/apis/import">Import a document instead</Link>
          </Button>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            pending={create.isPending || create.isSuccess}
            disabled={!name.trim()}
            title={name.trim() ? undefined : "Name it first"}
          >
            Create API
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        {problem ? <Notice tone="bad">{problem}</Notice> : null}
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
      </form>
    </Dialog>
  );
}
