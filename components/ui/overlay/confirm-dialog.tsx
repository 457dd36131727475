"use client";
import { type ReactNode, useState } from "react";
import { Button } from "../button";
import { Field } from "../field";
import { Input } from "../input";
import { Dialog } from "./dialog";

export type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** What will happen, and to how much. */
  children: ReactNode;
  /** The verb, as on the button: "Delete the stage". */
  action: string;
  onConfirm: () => void;
  pending?: boolean;
  danger?: boolean;
  /** Only for what cannot be undone: the words to type. */
  typeToConfirm?: string;
  error?: string | null;
};

export function ConfirmDialog({
  open,
  onOpenChange,
  title,
  children,
  action,
  onConfirm,
  pending,
  danger = true,
  typeToConfirm,
  error,
}: ConfirmDialogProps) {
  const [typed, setTyped] = useState("");
  const blocked = typeToConfirm !== undefined && typed !== typeToConfirm;
  const change = (next: boolean) => {
    setTyped("");
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={title}
      width="sm"
      footer={
        <>
          <Button variant="ghost" onClick={() => change(false)}>
            Cancel
          </Button>
          <Button
            variant={danger ? "danger-primary" : "primary"}
            onClick={onConfirm}
            pending={pending}
            disabled={blocked}
            title={blocked ? `Type ${typeToConfirm} first` : undefined}
          >
            {action}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <div className="text-muted">{children}</div>
        {typeToConfirm === undefined ? null : (
          <Field label={`Type ${typeToConfirm} to confirm`}>
            <Input mono value={typed} onChange={(event) => setTyped(event.target.value)} />
          </Field>
        )}
        {error ? (
          <p role="alert" className="text-bad">
            {error}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
