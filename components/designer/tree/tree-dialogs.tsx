"use client";
import { type FormEvent, useId, useState } from "react";
import { resourcePath } from "@/server/domain/definition";
import { HTTP_METHODS, type HttpMethod } from "@/server/gateway/snapshot/method";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { Dialog } from "../../ui/overlay/dialog";
import { Select } from "../../ui/select";
import { useDraft } from "../store/draft-provider";
import { newId } from "../store/new-id";
import { type NewIntegrationType, newIntegration } from "./new-integration";

type Chosen = { resourceId: string; httpMethod?: HttpMethod };

function FormDialog(props: {
  title: string;
  action: string;
  children: React.ReactNode;
  onSubmit: () => void;
  onClose: () => void;
}) {
  const form = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <Dialog
      open
      onOpenChange={props.onClose}
      title={props.title}
      width="sm"
      footer={
        <>
          <Button variant="ghost" onClick={props.onClose}>
            Cancel
          </Button>
          <Button type="submit" form={form} variant="primary">
            {props.action}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        {props.children}
      </form>
    </Dialog>
  );
}

/** Adds a resource below another; several levels at once with slashes in between. */
export function AddResourceDialog({
  parentId,
  onDone,
  onClose,
}: {
  parentId: string;
  onDone: (chosen: Chosen) => void;
  onClose: () => void;
}) {
  const draft = useDraft();
  const [path, setPath] = useState("");
  const [error, setError] = useState<string | null>(null);
  const parent = resourcePath(draft.definition, parentId) ?? "/";
  const submit = () => {
    const parts = path.split("/").filter(Boolean);
    if (parts.length === 0) return setError("Type a path part, such as pets or {petId}");
    let below = parentId;
    const calls = parts.map((pathPart) => {
      const id = newId();
      const call = { name: "create-resource" as const, input: { id, parentId: below, pathPart } };
      below = id;
      return call;
    });
    const refused = draft.dispatch(...calls);
    if (refused) return setError(refused.message);
    onDone({ resourceId: below });
  };
  return (
    <FormDialog title="Add a resource" action="Add resource" onSubmit={submit} onClose={onClose}>
      <Field
        label="Path"
        aside={`below ${parent}`}
        error={error}
        help="A part such as pets, a variable {petId}, or {proxy+} for everything below"
      >
        <Input
          mono
          autoFocus
          value={path}
          placeholder="pets"
          onChange={(event) => {
            setPath(event.target.value);
            setError(null);
          }}
        />
      </Field>
    </FormDialog>
  );
}

export function RenameResourceDialog({ resourceId, onClose }: { resourceId: string; onClose: () => void }) {
  const draft = useDraft();
  const [pathPart, setPathPart] = useState(draft.definition.resources[resourceId]?.pathPart ?? "");
  const [error, setError] = useState<string | null>(null);
  const submit = () => {
    const refused = draft.dispatch({ name: "rename-resource", input: { resourceId, pathPart } });
    if (refused) setError(refused.message);
    else onClose();
  };
  return (
    <FormDialog title="Rename the resource" action="Rename" onSubmit={submit} onClose={onClose}>
      <Field
        label="Path part"
        error={error}
        help="Clients that call the old path get 403 after the next deployment"
      >
        <Input mono autoFocus value={pathPart} onChange={(event) => setPathPart(event.target.value)} />
      </Field>
    </FormDialog>
  );
}

const INTEGRATIONS: { value: NewIntegrationType; label: string; hint: string }[] = [
  { value: "MOCK", label: "Mock", hint: "answers by itself" },
  { value: "HTTP", label: "HTTP", hint: "with mappings" },
  { value: "HTTP_PROXY", label: "HTTP proxy", hint: "passes through" },
  { value: "AWS_PROXY", label: "Lambda proxy", hint: "event in, answer out" },
  { value: "AWS", label: "AWS service", hint: "Lambda and others" },
];

/** Adds a method that works at once. */
export function AddMethodDialog({
  resourceId,
  onDone,
  onClose,
}: {
  resourceId: string;
  onDone: (chosen: Chosen) => void;
  onClose: () => void;
}) {
  const draft = useDraft();
  const taken = draft.definition.resources[resourceId]?.resourceMethods ?? {};
  const free = HTTP_METHODS.filter((verb) => !taken[verb]);
  const [httpMethod, setHttpMethod] = useState<HttpMethod | undefined>(free[0]);
  const [type, setType] = useState<NewIntegrationType>("MOCK");
  const [uri, setUri] = useState("");
  const [error, setError] = useState<string | null>(null);
  const submit = () => {
    if (!httpMethod) return;
    const integration = newIntegration({
      type,
      uri,
      httpMethod,
      path: resourcePath(draft.definition, resourceId) ?? "/",
    });
    const refused = draft.dispatch({ name: "create-method", input: { resourceId, httpMethod, integration } });
    if (refused) return setError(refused.message);
    onDone({ resourceId, httpMethod });
  };
  return (
    <FormDialog title="Add a method" action="Add method" onSubmit={submit} onClose={onClose}>
      <Field label="Method" aside={`on ${resourcePath(draft.definition, resourceId)}`}>
        <Select
          value={httpMethod}
          onValueChange={(verb) => setHttpMethod(verb as HttpMethod)}
          options={free.map((verb) => ({ value: verb, label: verb }))}
          placeholder="This resource has every method"
          mono
        />
      </Field>
      <Field
        label="Integration"
        help="What answers. It can be changed later."
        error={type === "MOCK" ? error : undefined}
      >
        <Select
          value={type}
          onValueChange={(next) => setType(next as NewIntegrationType)}
          options={INTEGRATIONS}
        />
      </Field>
      {type === "MOCK" ? null : (
        <Field
          label={type.startsWith("HTTP") ? "Back end URL" : "ARN"}
          error={error}
          help={
            type.startsWith("HTTP")
              ? "{name} stands for a path parameter, ${stageVariables.name} for a stage variable"
              : "arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{function ARN}/invocations"
          }
        >
          <Input
            mono
            value={uri}
            placeholder={type.startsWith("HTTP") ? "http://localhost:4000/pets" : "arn:aws:apigateway:…"}
            onChange={(event) => {
              setUri(event.target.value);
              setError(null);
            }}
          />
        </Field>
      )}
    </FormDialog>
  );
}
