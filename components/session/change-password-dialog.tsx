"use client";
import { type FormEvent, useId, useState } from "react";
import { toast } from "sonner";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Dialog } from "../ui/overlay/dialog";
import { Notice } from "../ui/state/notice";
import { authClient } from "./auth-client";

const SHORTEST_PASSWORD = 8;

function refusal(code: string | undefined, message: string | undefined): string {
  if (code === "INVALID_PASSWORD") return "The password you have now is another one.";
  return message || "The console's server does not answer. Try again.";
}

/** One's own password; every other session of the account ends. */
export function ChangePasswordDialog({ onClose }: { onClose: () => void }) {
  const form = useId();
  const [currentPassword, setCurrent] = useState("");
  const [newPassword, setNew] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const isShort = newPassword.length > 0 && newPassword.length < SHORTEST_PASSWORD;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setPending(true);
    setProblem(null);
    const { error } = await authClient.changePassword({
      currentPassword,
      newPassword,
      revokeOtherSessions: true,
    });
    setPending(false);
    if (error) return setProblem(refusal(error.code, error.message));
    toast.success("Your password is changed", { description: "Other devices have to sign in again." });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Change your password"
      width="sm"
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            pending={isPending}
            disabled={!currentPassword || newPassword.length < SHORTEST_PASSWORD}
          >
            Change password
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        {problem ? <Notice tone="bad">{problem}</Notice> : null}
        <Field label="Current password">
          <Input
            type="password"
            autoFocus
            autoComplete="current-password"
            value={currentPassword}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </Field>
        <Field
          label="New password"
          help={`At least ${SHORTEST_PASSWORD} characters`}
          error={isShort ? `${SHORTEST_PASSWORD - newPassword.length} more characters` : undefined}
        >
          <Input
            type="password"
            autoComplete="new-password"
            value={newPassword}
            onChange={(event) => setNew(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
