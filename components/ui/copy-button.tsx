"use client";
import { Check, Copy } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { Button, type ButtonProps } from "./button";
import { cx } from "./class-names";
import { IconButton } from "./icon-button";

/** Outside a secure context (plain HTTP on another machine) browsers have no clipboard API. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

function useCopied(): [boolean, (text: string) => Promise<void>] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  return [copied, (text) => copyText(text).then(() => setCopied(true))];
}

/** Copies `text`, which can be a function that makes it. With `children` it is a button with words, else an icon named `label`. */
export function CopyButton({
  text,
  label = "Copy",
  children,
  onCopied,
  ...props
}: Omit<ButtonProps, "onClick"> & {
  text: string | (() => string);
  label?: string;
  children?: ReactNode;
  onCopied?: () => void;
}) {
  const [copied, copy] = useCopied();
  const run = () => copy(typeof text === "string" ? text : text()).then(onCopied);
  const icon = copied ? <Check className="text-ok" /> : <Copy />;
  if (children)
    return (
      <Button onClick={run} {...props}>
        {icon}
        {copied ? "Copied" : children}
      </Button>
    );
  return (
    <IconButton label={copied ? "Copied" : label} size="sm" onClick={run} {...props}>
      {icon}
    </IconButton>
  );
}

/** An id in mono that copies itself. */
export function CopyableId({ id, label, className }: { id: string; label?: string; className?: string }) {
  const [copied, copy] = useCopied();
  return (
    <button
      type="button"
      onClick={(event) => {
        event.stopPropagation();
        void copy(id);
      }}
      title={copied ? "Copied" : `Copy ${label ?? "id"} ${id}`}
      aria-label={`Copy ${label ?? "id"} ${id}`}
      className={cx(
        "mono group/id relative inline-flex max-w-full items-center rounded-xs text-muted hover:text-ink",
        className,
      )}
    >
      <span className="truncate">{id}</span>
      {copied ? (
        <Check className="-right-4 absolute size-3 shrink-0 text-ok" />
      ) : (
        <Copy className="-right-4 absolute size-3 shrink-0 opacity-0 group-focus-visible/id:opacity-100 group-hover/id:opacity-100" />
      )}
    </button>
  );
}
