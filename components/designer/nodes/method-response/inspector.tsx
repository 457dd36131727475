"use client";
import { useState } from "react";
import type { MethodResponse } from "@/server/gateway/snapshot/method";
import { MapEditor } from "../../fields/map-editor";
import { ParameterList } from "../../fields/parameter-list";
import { StatusList } from "../../fields/status-list";
import { useDraft } from "../../store/draft-provider";
import type { InspectorProps } from "../inspector-props";
import { InspectorSection } from "../inspector-section";

/** What the method may answer: statuses, headers, models. */
export function MethodResponseInspector({ methodKey, method }: InspectorProps) {
  const { definition, dispatch, perform } = useDraft();
  const statuses = Object.keys(method.methodResponses);
  const [chosen, setChosen] = useState<string | null>(null);
  const status = chosen && statuses.includes(chosen) ? chosen : (statuses[0] ?? null);
  const response = status ? method.methodResponses[status] : undefined;
  const put = (methodResponse: MethodResponse) =>
    dispatch({ name: "put-method-response", input: { ...methodKey, methodResponse } });
  const add = (statusCode: string) => {
    const refused = put({ statusCode, responseParameters: {}, responseModels: {} });
    if (!refused) setChosen(statusCode);
    return refused;
  };
  return (
    <>
      <InspectorSection title="Statuses">
        <StatusList
          statuses={statuses.map((code) => ({ code, note: "" }))}
          selected={status}
          onSelect={setChosen}
          onAdd={add}
          onRemove={(statusCode) =>
            perform({ name: "delete-method-response", input: { ...methodKey, statusCode } })
          }
          empty={
            method.methodIntegration?.type.endsWith("_PROXY")
              ? "A proxy answers whatever the back end answers: none is needed."
              : "None declared: every answer becomes a 500."
          }
        />
      </InspectorSection>
      {response ? (
        <>
          <InspectorSection title={`Headers of ${response.statusCode}`}>
            <ParameterList
              label="Response headers"
              prefix="method.response.header"
              flags={response.responseParameters}
              commit={(responseParameters) => put({ ...response, responseParameters })}
              empty="None declared. A header must be declared before it can be mapped."
              addLabel="Add header"
            />
          </InspectorSection>
          <InspectorSection title={`Models of ${response.statusCode}`}>
            <MapEditor
              label="Response models"
              entries={response.responseModels}
              commit={(responseModels) => put({ ...response, responseModels })}
              nameLabel="Content type"
              valueLabel="Model"
              namePlaceholder="application/json"
              nameSuggestions={["application/json"]}
              valueSuggestions={Object.keys(definition.models)}
              empty="None: they are only documentation."
              addLabel="Add model"
            />
          </InspectorSection>
        </>
      ) : null}
    </>
  );
}
