"use client";
import { useState } from "react";
import type { IntegrationResponse } from "@/server/gateway/snapshot/integration";
import { EmptyState } from "../../../ui/state/empty-state";
import { ContentHandlingField } from "../../fields/content-handling-field";
import { MapEditor } from "../../fields/map-editor";
import { responseSources } from "../../fields/mapping-sources";
import { StatusList } from "../../fields/status-list";
import { TemplateEditor } from "../../fields/template-editor";
import { TextField } from "../../fields/text-field";
import { useDraft } from "../../store/draft-provider";
import { studioHref } from "../../store/studio-href";
import type { InspectorProps } from "../inspector-props";
import { InspectorSection } from "../inspector-section";
import { PatternTester } from "./pattern-tester";

const EMPTY: Omit<IntegrationResponse, "statusCode"> = {
  selectionPattern: null,
  responseParameters: {},
  responseTemplates: {},
  contentHandling: null,
};

const headersOf = (response: { responseParameters: object } | undefined) =>
  Object.keys(response?.responseParameters ?? {});

/** What comes back from the back end, chosen by its status or error, and made into the answer. */
export function IntegrationResponseInspector({ methodKey, method }: InspectorProps) {
  const { apiId, dispatch, perform } = useDraft();
  const integration = method.methodIntegration;
  const responses = integration?.integrationResponses ?? {};
  const statuses = Object.keys(responses);
  const [chosen, setChosen] = useState<string | null>(null);
  if (!integration)
    return <EmptyState title="No integration yet">Choose its type in the box Integration first.</EmptyState>;
  if (integration.type.endsWith("_PROXY"))
    return (
      <EmptyState title="Passed through">
        A proxy integration gives the back end's status, headers and body to the client as they are.
      </EmptyState>
    );
  const status = chosen && statuses.includes(chosen) ? chosen : (statuses[0] ?? null);
  const response = status ? responses[status] : undefined;
  const put = (integrationResponse: IntegrationResponse) =>
    dispatch({ name: "put-integration-response", input: { ...methodKey, integrationResponse } });
  const add = (statusCode: string) => {
    const declare = method.methodResponses[statusCode]
      ? []
      : [{ name: "put-method-response" as const, input: { ...methodKey, methodResponse: { statusCode } } }];
    const refused = dispatch(...declare, {
      name: "put-integration-response",
      input: {
        ...methodKey,
        integrationResponse: { ...EMPTY, statusCode, selectionPattern: statuses.length ? statusCode : null },
      },
    });
    if (!refused) setChosen(statusCode);
    return refused;
  };
  const isHttp = integration.type !== "AWS";
  return (
    <>
      <InspectorSection title="Statuses">
        <StatusList
          statuses={statuses.map((code) => ({ code, note: responses[code]?.selectionPattern || "default" }))}
          selected={status}
          onSelect={setChosen}
          onAdd={add}
          onRemove={(statusCode) =>
            perform({ name: "delete-integration-response", input: { ...methodKey, statusCode } })
          }
          empty="None: every answer of the back end becomes a 500."
        />
      </InspectorSection>
      {response && status ? (
        <>
          <InspectorSection title={`When ${status} answers`}>
            <TextField
              label="Pattern"
              mono
              value={response.selectionPattern ?? ""}
              commit={(text) => put({ ...response, selectionPattern: text || null })}
              placeholder="empty: the default"
              help={
                integration.type === "MOCK"
                  ? "Matched with the statusCode of the request template"
                  : isHttp
                    ? "A regular expression for the back end's status, e.g. 4\\d{2}"
                    : "A regular expression for the function's error message"
              }
            />
            {response.selectionPattern ? (
              <PatternTester pattern={response.selectionPattern} isHttp={isHttp} />
            ) : null}
          </InspectorSection>
          <InspectorSection title="Response template">
            <TemplateEditor
              side="response"
              templates={response.responseTemplates}
              commit={(responseTemplates) => put({ ...response, responseTemplates })}
              studioHref={(contentType) =>
                studioHref(apiId, { ...methodKey, side: "response", statusCode: status, contentType })
              }
              empty="None: the back end's body is passed on as it is."
            />
          </InspectorSection>
          <InspectorSection title="Headers">
            <MapEditor
              label="Header mappings"
              entries={response.responseParameters}
              commit={(responseParameters) => put({ ...response, responseParameters })}
              nameLabel="Goes to"
              valueLabel="Comes from"
              namePlaceholder="method.response.header.x-id"
              valuePlaceholder="integration.response.header.x-id"
              nameSuggestions={headersOf(method.methodResponses[status])}
              valueSuggestions={responseSources()}
              empty="None mapped. Declare the header in the method response first."
              addLabel="Add mapping"
            />
          </InspectorSection>
          <InspectorSection title="Body">
            <ContentHandlingField
              side="response"
              value={response.contentHandling}
              commit={(contentHandling) => put({ ...response, contentHandling })}
            />
          </InspectorSection>
        </>
      ) : null}
    </>
  );
}
