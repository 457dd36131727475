"use client";
import { useState } from "react";
import { toast } from "sonner";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { FormDialog } from "../ui/overlay/form-dialog";
import { authClient } from "./auth-client";

const SHORTEST_PASSWORD = 8;

function refusal(code: string | undefined, message: string | undefined): string {
  if (code === "INVALID_PASSWORD") return "The password you have now is another one.";
  return message || "The console's server does not answer. Try again.";
}

/** One's own password; every other session of the account ends. */
export function ChangePasswordDialog({ onClose }: { onClose: () => void }) {
  const [currentPassword, setCurrent] = useState("");
  const [newPassword, setNew] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const isShort = newPassword.length > 0 && newPassword.length < SHORTEST_PASSWORD;
  const submit = async () => {
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
    <FormDialog
      title="Change your password"
      action="Change password"
      onSubmit={submit}
      onClose={onClose}
      pending={isPending}
      blocked={!currentPassword || newPassword.length < SHORTEST_PASSWORD}
      problem={problem}
    >
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
    </FormDialog>
  );
}
