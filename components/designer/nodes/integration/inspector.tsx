"use client";
import type { EditInput } from "@/server/domain/edits/index";
import type { Integration, IntegrationType } from "@/server/gateway/snapshot/integration";
import { HTTP_METHODS } from "@/server/gateway/snapshot/method";
import { Field } from "../../../ui/field";
import { NumberInput } from "../../../ui/number-input";
import { ChoiceField, SwitchField } from "../../fields/choice-field";
import { useEditField } from "../../fields/edit-field";
import { TextField } from "../../fields/text-field";
import { useDraft } from "../../store/draft-provider";
import type { InspectorProps } from "../inspector-props";
import { InspectorSection } from "../inspector-section";
import { changeIntegrationType } from "./change-type";

const TYPES: { value: IntegrationType; label: string; hint: string }[] = [
  { value: "MOCK", label: "Mock", hint: "answers by itself" },
  { value: "HTTP", label: "HTTP", hint: "with mappings" },
  { value: "HTTP_PROXY", label: "HTTP proxy", hint: "passes through" },
  { value: "AWS", label: "AWS service", hint: "Lambda and others" },
  { value: "AWS_PROXY", label: "Lambda proxy", hint: "event in, answer out" },
];

type Changes = EditInput<"update-integration">["changes"];

function Timeout({
  integration,
  change,
}: {
  integration: Integration;
  change: (changes: Changes) => ReturnType<ReturnType<typeof useDraft>["dispatch"]>;
}) {
  const { canWrite } = useDraft();
  const field = useEditField<number | null>(integration.timeoutInMillis, (timeoutInMillis) =>
    change({ timeoutInMillis: timeoutInMillis ?? Number.NaN }),
  );
  return (
    <Field
      layout="row"
      label="Timeout"
      error={field.error}
      help="50 to 29,000 ms on AWS by default; then 504"
    >
      <NumberInput value={field.value} onValueChange={field.set} unit="ms" readOnly={!canWrite} />
    </Field>
  );
}

function Backend({
  integration,
  change,
}: {
  integration: Integration;
  change: (changes: Changes) => ReturnType<ReturnType<typeof useDraft>["dispatch"]>;
}) {
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
      />
      <TextField
        label={isHttp ? "URL" : "ARN"}
        mono
        value={integration.uri ?? ""}
        commit={(uri) => change({ uri })}
        placeholder={isHttp ? "https://backend.example.com/pets/{petId}" : "arn:aws:apigateway:…"}
        help={
          isHttp ? "{name}: a mapped path parameter. ${stageVariables.name}: a stage variable." : undefined
        }
      />
      {isHttp ? (
        <>
          <ChoiceField
            label="Connection"
            value={integration.connectionType}
            options={[
              { value: "INTERNET", label: "Direct" },
              { value: "VPC_LINK", label: "VPC link", hint: "private network" },
            ]}
            commit={(connectionType) => change({ connectionType: connectionType as "INTERNET" | "VPC_LINK" })}
          />
          {integration.connectionType === "VPC_LINK" ? (
            <TextField
              label="VPC link"
              mono
              value={integration.connectionId ?? ""}
              commit={(connectionId) => change({ connectionId: connectionId || null })}
              help="An id or ${stageVariables.name}"
            />
          ) : null}
          <SwitchField
            label="Any certificate"
            value={integration.tlsConfig?.insecureSkipVerification ?? false}
            commit={(insecureSkipVerification) => change({ tlsConfig: { insecureSkipVerification } })}
            help="Does not verify the back end's TLS certificate"
          />
        </>
      ) : (
        <TextField
          label="Credentials"
          mono
          value={integration.credentials ?? ""}
          commit={(credentials) => change({ credentials: credentials || null })}
          placeholder="arn:aws:iam::…:role/…"
        />
      )}
    </>
  );
}

/** The back end: what kind, where, for how long. */
export function IntegrationInspector({ methodKey, method }: InspectorProps) {
  const { dispatch } = useDraft();
  const integration = method.methodIntegration;
  const change = (changes: Changes) =>
    dispatch({ name: "update-integration", input: { ...methodKey, changes } });
  const setType = (type: string) => {
    const next = changeIntegrationType(integration, type as IntegrationType);
    const refused = dispatch({ name: "put-integration", input: { ...methodKey, integration: next } });
    if (refused || type.endsWith("_PROXY") || Object.keys(next.integrationResponses).length > 0)
      return refused;
    return dispatch({
      name: "put-integration-response",
      input: { ...methodKey, integrationResponse: { statusCode: "200" } },
    });
  };
  return (
    <>
      <InspectorSection title="Back end">
        <ChoiceField
          label="Type"
          value={integration?.type ?? ""}
          options={TYPES}
          commit={setType}
          help={
            integration?.type.startsWith("AWS")
              ? "Kept and exported; this gateway cannot call AWS services yet and answers 500"
              : undefined
          }
        />
        {integration && integration.type !== "MOCK" ? (
          <Backend integration={integration} change={change} />
        ) : null}
        {integration && integration.type !== "MOCK" ? (
          <Timeout integration={integration} change={change} />
        ) : null}
        {integration?.type === "MOCK" ? (
          <p className="text-muted">
            No back end is called. The request template says which status to choose:{" "}
            <code className="mono">{'{"statusCode": 200}'}</code>. The integration response with that status
            answers.
          </p>
        ) : null}
      </InspectorSection>
      {integration ? (
        <InspectorSection title="Cache key">
          <TextField
            label="Namespace"
            mono
            value={integration.cacheNamespace ?? ""}
            commit={(cacheNamespace) => change({ cacheNamespace: cacheNamespace || null })}
            placeholder="the resource's id"
          />
          <TextField
            label="Parameters"
            mono
            value={integration.cacheKeyParameters.join(", ")}
            commit={(text) =>
              change({
                cacheKeyParameters: text
                  .split(",")
                  .map((one) => one.trim())
                  .filter(Boolean),
              })
            }
            placeholder="method.request.querystring.page"
          />
        </InspectorSection>
      ) : null}
    </>
  );
}
