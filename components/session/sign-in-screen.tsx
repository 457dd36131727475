"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter, useSearchParams } from "next/navigation";
import { type FormEvent, useEffect, useState } from "react";
import { useTRPC } from "../trpc/trpc";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/state/notice";
import { authClient } from "./auth-client";
import { safePath } from "./safe-path";
import { SessionCard } from "./session-card";

function refusal(status: number, message: string | undefined): string {
  if (status === 401) return "E-mail or password is wrong.";
  if (status === 429) return "Too many attempts. Wait a few seconds and try again.";
  return message || "The console's server does not answer. Try again.";
}

export function SignInScreen() {
  const trpc = useTRPC();
  const router = useRouter();
  const next = safePath(useSearchParams().get("next"));
  const status = useQuery({ ...trpc.setup.status.queryOptions(), retry: false });
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const session = useQuery({ ...trpc.session.me.queryOptions(), retry: false });
  const isSignedIn = session.data !== undefined;
  const needsOwner = status.data?.needsOwner;
  useEffect(() => {
    if (needsOwner) router.replace("/setup");
    else if (isSignedIn) router.replace(next);
  }, [needsOwner, isSignedIn, next, router]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setProblem(null);
    const { error } = await authClient.signIn.email({ email: email.trim(), password });
    if (error) {
      setProblem(refusal(error.status, error.message));
      setPending(false);
    } else window.location.assign(next);
  };
  return (
    <SessionCard title="Sign in">
      <form onSubmit={submit} className="flex flex-col gap-4">
        {problem ? <Notice tone="bad">{problem}</Notice> : null}
        <Field label="E-mail">
          <Input
            type="email"
            name="email"
            autoComplete="username"
            required
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            className="h-9"
          />
        </Field>
        <Field label="Password">
          <Input
            type="password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            className="h-9"
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" pending={isPending} className="mt-1">
          {isPending ? "Signing in…" : "Sign in"}
        </Button>
        <p className="text-faint text-sm">
          Forgotten it? The owner of the workspace can remove you and add you again, with a new first
          password.
        </p>
      </form>
    </SessionCard>
  );
}
