"use client";
import { type FormEvent, type ReactNode, useId } from "react";
import { Button } from "../button";
import { Notice } from "../state/notice";
import { Dialog, type DialogProps } from "./dialog";

export type FormDialogProps = Pick<DialogProps, "title" | "description" | "width"> & {
  /** The verb, as on the button: "Create plan". */
  action: ReactNode;
  /** Called by the button and by Enter, unless blocked or pending. */
  onSubmit: () => void;
  onClose: () => void;
  pending: boolean;
  /** Why it cannot be submitted yet; false if it can. */
  blocked: string | boolean;
  /** What the server said that belongs to no field. */
  problem?: string | null;
  /** Left of the buttons. */
  aside?: ReactNode;
  /** Fields. */
  children: ReactNode;
};

/** A dialog that asks for a few fields and does one thing with them. */
export function FormDialog({
  title,
  description,
  width = "sm",
  action,
  onSubmit,
  onClose,
  pending,
  blocked,
  problem,
  aside,
  children,
}: FormDialogProps) {
  const form = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!blocked && !pending) onSubmit();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={description}
      width={width}
      footer={
        <>
          {aside}
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            pending={pending}
            disabled={blocked !== false}
            title={typeof blocked === "string" ? blocked : undefined}
          >
            {action}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        {problem ? <Notice tone="bad">{problem}</Notice> : null}
        {children}
      </form>
    </Dialog>
  );
}
