"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useState } from "react";
import { fieldError, formError } from "../trpc/failure";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/state/notice";
import { authClient } from "./auth-client";
import { SessionCard } from "./session-card";

const SHORTEST_PASSWORD = 8;

/** The first visit: whoever comes first owns the workspace. */
export function SetupScreen() {
  const trpc = useTRPC();
  const router = useRouter();
  const status = useQuery({ ...trpc.setup.status.queryOptions(), retry: false });
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [isChecked, setChecked] = useState(false);
  const isShort = password.length < SHORTEST_PASSWORD;
  const create = useMutation(
    trpc.setup.createOwner.mutationOptions({
      onSuccess: async () => {
        const { error } = await authClient.signIn.email({ email: email.trim(), password });
        window.location.assign(error ? "/sign-in" : "/");
      },
    }),
  );
  const isDone = status.data && !status.data.needsOwner && !create.isPending && !create.isSuccess;
  useEffect(() => {
    if (isDone) router.replace("/sign-in");
  }, [isDone, router]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (!isShort) create.mutate({ name: name.trim(), email: email.trim(), password });
  };
  const problem = formError(create.error, ["name", "email", "password"]);
  return (
    <SessionCard
      title="Set up this gateway"
      lead="Nobody has an account here yet. Yours becomes the owner's: it can do everything and invite others."
    >
      <form onSubmit={submit} className="flex flex-col gap-4">
        {problem ? <Notice tone="bad">{problem}</Notice> : null}
        <Field label="Name" error={fieldError(create.error, "name")}>
          <Input
            required
            autoFocus
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.target.value)}
            className="h-9"
          />
        </Field>
        <Field label="E-mail" error={fieldError(create.error, "email")}>
          <Input
            type="email"
            required
            autoComplete="username"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            className="h-9"
          />
        </Field>
        <Field
          label="Password"
          help={`At least ${SHORTEST_PASSWORD} characters`}
          error={
            isChecked && isShort
              ? `${SHORTEST_PASSWORD - password.length} more characters`
              : fieldError(create.error, "password")
          }
        >
          <Input
            type="password"
            required
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            className="h-9"
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" pending={create.isPending || create.isSuccess}>
          {create.isPending ? "Creating…" : "Create the owner account"}
        </Button>
      </form>
    </SessionCard>
  );
}
