"use client";
import { X } from "lucide-react";
import type { EditError } from "@/server/domain/errors";
import type { GatewayResponse } from "@/server/gateway/snapshot/gateway-response";
import { useEditField } from "../../designer/fields/edit-field";
import { useDraft } from "../../designer/store/draft-provider";
import { Field } from "../../ui/field";
import { IconButton } from "../../ui/icon-button";
import { Textarea } from "../../ui/textarea";
import { AddPart } from "./add-part";

const STARTER = '{"message":$context.error.messageString,"requestId":"$context.requestId"}';

type Put = (change: Partial<GatewayResponse>) => EditError | null;

function Template({
  contentType,
  response,
  put,
}: {
  contentType: string;
  response: GatewayResponse;
  put: Put;
}) {
  const { canWrite } = useDraft();
  const { responseTemplates } = response;
  const field = useEditField(responseTemplates[contentType] ?? "", (text) =>
    put({ responseTemplates: { ...responseTemplates, [contentType]: text } }),
  );
  const remove = () => {
    const { [contentType]: _gone, ...rest } = responseTemplates;
    put({ responseTemplates: rest });
  };
  return (
    <Field
      label={<span className="mono font-normal">{contentType}</span>}
      error={field.error}
      aside={
        canWrite ? (
          <IconButton size="sm" label={`Remove the body for ${contentType}`} onClick={remove}>
            <X />
          </IconButton>
        ) : undefined
      }
    >
      <Textarea
        mono
        rows={4}
        readOnly={!canWrite}
        value={field.value}
        onChange={(event) => field.set(event.target.value)}
      />
    </Field>
  );
}

/** The bodies of a gateway response by content type. They are not VTL: only variables are replaced. */
export function GatewayResponseTemplates({ response, put }: { response: GatewayResponse; put: Put }) {
  const types = Object.keys(response.responseTemplates);
  return (
    <div className="flex flex-col gap-2">
      <h4 className="font-semibold text-sm">Body</h4>
      <p className="text-muted text-sm">
        {types.length === 0 ? (
          <>
            The default: <code className="mono">{'{"message":$context.error.messageString}'}</code>.{" "}
          </>
        ) : null}
        Only <code className="mono">$context.…</code>, <code className="mono">$stageVariables.…</code> and{" "}
        <code className="mono">$method.request.…</code> are replaced; there are no directives here.
      </p>
      {types.map((contentType) => (
        <Template key={contentType} contentType={contentType} response={response} put={put} />
      ))}
      <div className="-mx-3.5">
        <AddPart
          label="Add body"
          placeholder="application/json"
          onAdd={(contentType) =>
            put({ responseTemplates: { ...response.responseTemplates, [contentType]: STARTER } })
          }
        />
      </div>
    </div>
  );
}
