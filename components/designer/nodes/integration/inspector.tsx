"use client";
import type { IntegrationType } from "@/server/gateway/snapshot/integration";
import { ChoiceField } from "../../fields/choice-field";
import { useDraft } from "../../store/draft-provider";
import type { InspectorProps } from "../inspector-props";
import { InspectorSection } from "../inspector-section";
import { BackendFields, type IntegrationChanges } from "./backend-fields";
import { CacheKeySection } from "./cache-key-section";
import { changeIntegrationType } from "./change-type";

const TYPES: { value: IntegrationType; label: string; hint: string }[] = [
  { value: "MOCK", label: "Mock", hint: "answers by itself" },
  { value: "HTTP", label: "HTTP", hint: "with mappings" },
  { value: "HTTP_PROXY", label: "HTTP proxy", hint: "passes through" },
  { value: "AWS", label: "AWS service", hint: "Lambda and others" },
  { value: "AWS_PROXY", label: "Lambda proxy", hint: "event in, answer out" },
];

/** The back end: what kind, where, for how long. */
export function IntegrationInspector({ methodKey, method }: InspectorProps) {
  const { dispatch } = useDraft();
  const integration = method.methodIntegration;
  const change = (changes: IntegrationChanges) =>
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
              ? "Calls a function at the workspace's function endpoint. Other services of AWS are kept and exported, and answered with 500 here."
              : undefined
          }
        />
        {integration && integration.type !== "MOCK" ? (
          <BackendFields integration={integration} change={change} />
        ) : null}
        {integration?.type === "MOCK" ? (
          <p className="text-muted">
            No back end is called. The request template says which status to choose:{" "}
            <code className="mono">{'{"statusCode": 200}'}</code>. The integration response with that status
            answers.
          </p>
        ) : null}
      </InspectorSection>
      {integration ? <CacheKeySection method={method} integration={integration} change={change} /> : null}
    </>
  );
}
