"use client";
import type { EditInput } from "@/server/domain/edits/index";
import type { EditError } from "@/server/domain/errors";
import type { Integration } from "@/server/gateway/snapshot/integration";
import { HTTP_METHODS } from "@/server/gateway/snapshot/method";
import { StoredOnly } from "../../../api/stored-only";
import { Field } from "../../../ui/field";
import { NumberInput } from "../../../ui/number-input";
import { ChoiceField, SwitchField } from "../../fields/choice-field";
import { useEditField } from "../../fields/edit-field";
import { TextField } from "../../fields/text-field";
import { useDraft } from "../../store/draft-provider";
import { ConnectionFields } from "./connection-fields";

export type IntegrationChanges = EditInput<"update-integration">["changes"];

type BackendProps = {
  integration: Integration;
  change: (changes: IntegrationChanges) => EditError | null;
};

/** Where the back end is, how it is reached and for how long it may take. */
export function BackendFields({ integration, change }: BackendProps) {
  const isHttp = integration.type.startsWith("HTTP");
  return (
    <>
      <ChoiceField
        label="Method"
        mono
        value={integration.httpMethod ?? "POST"}
        options={HTTP_METHODS.map((verb) => ({
          value: verb,
          label: verb,
          ...(verb === "ANY" ? { hint: "the client's" } : {}),
        }))}
        commit={(httpMethod) => change({ httpMethod })}
        help={isHttp ? undefined : "Functions are called with POST, whatever the client's verb is"}
      />
      <TextField
        wide
        label={isHttp ? "URL" : "ARN"}
        mono
        value={integration.uri ?? ""}
        commit={(uri) => change({ uri })}
        placeholder={isHttp ? "https://backend.example.com/pets/{petId}" : "arn:aws:apigateway:…"}
        help={
          isHttp
            ? "{name} is a mapped path parameter, ${stageVariables.name} a stage variable"
            : "…:lambda:path/2015-03-31/functions/FUNCTION-ARN/invocations"
        }
      />
      {isHttp ? <ConnectionFields integration={integration} change={change} /> : null}
      {isHttp ? (
        <SwitchField
          label="Any certificate"
          value={integration.tlsConfig?.insecureSkipVerification ?? false}
          commit={(skip) => change({ tlsConfig: skip ? { insecureSkipVerification: true } : null })}
          help="Trusts whatever TLS certificate the back end shows, also a self-signed one"
        />
      ) : (
        <TextField
          wide
          label="Credentials"
          mono
          value={integration.credentials ?? ""}
          commit={(credentials) => change({ credentials: credentials.trim() || null })}
          placeholder="arn:aws:iam::…:role/…"
          help={
            <>
              <StoredOnly /> The role AWS takes on for the call. Here, calls are signed with the key of the
              workspace's function endpoint.
            </>
          }
        />
      )}
      <Timeout integration={integration} change={change} />
      {integration.type.endsWith("_PROXY") ? (
        <ChoiceField
          label="Response"
          value={integration.responseTransferMode}
          options={[
            { value: "BUFFERED", label: "Buffered" },
            { value: "STREAM", label: "Streamed" },
          ]}
          commit={(mode) => change({ responseTransferMode: mode as "BUFFERED" | "STREAM" })}
          help={
            <>
              <StoredOnly /> {isHttp ? "Large answers stream in any case" : "Functions are always buffered"}
            </>
          }
        />
      ) : null}
    </>
  );
}

function Timeout({ integration, change }: BackendProps) {
  const { canWrite } = useDraft();
  const field = useEditField<number | null>(integration.timeoutInMillis, (timeoutInMillis) =>
    change({ timeoutInMillis: timeoutInMillis ?? Number.NaN }),
  );
  return (
    <Field
      layout="row"
      label="Timeout"
      error={field.error}
      help="50 to 29,000 ms on AWS, more with a raised quota; then 504"
    >
      <NumberInput value={field.value} onValueChange={field.set} unit="ms" readOnly={!canWrite} />
    </Field>
  );
}
