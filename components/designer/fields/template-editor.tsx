"use client";
import { Plus, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import type { EditError } from "@/server/domain/errors";
import { CodeEditor } from "../../code-editor/code-editor";
import { Button } from "../../ui/button";
import { IconButton } from "../../ui/icon-button";
import { Input } from "../../ui/input";
import { Select } from "../../ui/select";
import { useDraft } from "../store/draft-provider";
import { TemplatePreview } from "./template-preview";

type Templates = Readonly<Record<string, string>>;

const STARTER: Record<"request" | "response", string> = {
  request: '{\n  "statusCode": 200\n}',
  response: '{\n  "message": "hello"\n}',
};

function AddType({ onAdd, first }: { onAdd: (type: string) => EditError | null; first: boolean }) {
  const [type, setType] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  if (type === null)
    return (
      <Button size="sm" className="self-start" onClick={() => setType("application/json")}>
        <Plus /> {first ? "Add a template" : "Another content type"}
      </Button>
    );
  return (
    <form
      className="flex flex-col gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        const refused = onAdd(type.trim());
        if (refused) setError(refused.message);
        else setType(null);
      }}
    >
      <div className="flex gap-1.5">
        <Input
          mono
          autoFocus
          aria-label="Content type"
          value={type}
          onChange={(event) => setType(event.target.value)}
        />
        <Button type="submit" size="sm">
          Add
        </Button>
        <Button size="sm" variant="ghost" onClick={() => setType(null)}>
          Cancel
        </Button>
      </div>
      {error ? (
        <p role="alert" className="text-bad text-sm">
          {error}
        </p>
      ) : null}
    </form>
  );
}

/** The templates of a side of the integration by content type, with what the chosen one prints for a sample. */
export function TemplateEditor(props: {
  side: "request" | "response";
  templates: Templates;
  commit: (next: Record<string, string>) => EditError | null;
  studioHref: (contentType: string) => string;
  empty: string;
}) {
  const { canWrite } = useDraft();
  const types = Object.keys(props.templates);
  const [chosen, setChosen] = useState<string | null>(null);
  const type = chosen !== null && types.includes(chosen) ? chosen : types[0];
  const template = type === undefined ? undefined : props.templates[type];
  const add = (contentType: string) => {
    const refused = props.commit({
      ...props.templates,
      [contentType]: props.templates[contentType] ?? STARTER[props.side],
    });
    if (!refused) setChosen(contentType);
    return refused;
  };
  if (type === undefined || template === undefined)
    return (
      <>
        <p className="text-muted">{props.empty}</p>
        {canWrite ? <AddType onAdd={add} first /> : null}
      </>
    );
  const remove = () => {
    const { [type]: _gone, ...rest } = props.templates;
    props.commit(rest);
  };
  return (
    <>
      <div className="flex items-center gap-1.5">
        <Select
          aria-label="Content type"
          mono
          value={type}
          onValueChange={setChosen}
          options={types.map((one) => ({ value: one, label: one }))}
        />
        {canWrite ? (
          <IconButton label={`Remove the template for ${type}`} onClick={remove}>
            <Trash2 />
          </IconButton>
        ) : null}
      </div>
      <CodeEditor
        key={type}
        minimal
        language="vtl"
        contentType={type}
        label={`Template for ${type}`}
        value={template}
        readOnly={!canWrite}
        onChange={(next) => props.commit({ ...props.templates, [type]: next })}
        className="h-52"
      />
      <div className="flex items-center gap-2">
        <Button asChild size="sm">
          <Link href={props.studioHref(type)}>Open in studio</Link>
        </Button>
        {canWrite ? <AddType onAdd={add} first={false} /> : null}
      </div>
      <TemplatePreview template={template} contentType={type} />
    </>
  );
}
