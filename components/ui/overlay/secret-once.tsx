"use client";
import { type ReactNode, useState } from "react";
import { Button } from "../button";
import { Checkbox } from "../checkbox";
import { CodeBlock } from "../code-block";
import { CopyButton } from "../copy-button";
import { Dialog } from "./dialog";

/** A secret that is shown this once; it goes only after somebody says that it is stored. */
export function SecretOnce({
  title,
  label,
  value,
  usage,
  children,
  onDone,
}: {
  title: string;
  label: string;
  value: string;
  /** How it is used, as text to copy. */
  usage?: string;
  children: ReactNode;
  onDone: () => void;
}) {
  const [isStored, setStored] = useState(false);
  return (
    <Dialog
      open
      dismissable={false}
      onOpenChange={() => {}}
      title={title}
      description="Shown this once"
      footer={
        <Button
          variant="primary"
          disabled={!isStored}
          title={isStored ? undefined : "Tick that you have stored it first"}
          onClick={onDone}
        >
          Done
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="flex items-center gap-2 rounded-md border border-line-strong bg-sunken py-2 pr-2 pl-3">
          <output aria-label={label} className="mono min-w-0 flex-1 select-all break-all">
            {value}
          </output>
          <CopyButton text={value} variant="primary">
            Copy
          </CopyButton>
        </div>
        <p className="text-muted">{children}</p>
        {usage ? <CodeBlock code={usage} label="How to use it" wrap /> : null}
        <Checkbox checked={isStored} onCheckedChange={setStored} label="I have stored it" />
      </div>
    </Dialog>
  );
}
