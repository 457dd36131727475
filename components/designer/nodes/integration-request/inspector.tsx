"use client";
import type { EditInput } from "@/server/domain/edits/index";
import type { PassthroughBehavior } from "@/server/gateway/snapshot/integration";
import { EmptyState } from "../../../ui/state/empty-state";
import { ChoiceField } from "../../fields/choice-field";
import { ContentHandlingField } from "../../fields/content-handling-field";
import { MapEditor } from "../../fields/map-editor";
import { requestSources } from "../../fields/mapping-sources";
import { TemplateEditor } from "../../fields/template-editor";
import { useDraft } from "../../store/draft-provider";
import { studioHref } from "../../store/studio-href";
import type { InspectorProps } from "../inspector-props";
import { InspectorSection } from "../inspector-section";

/** What goes to the back end: the body through a template, parameters through mappings. */
export function IntegrationRequestInspector({ methodKey, method }: InspectorProps) {
  const { apiId, dispatch } = useDraft();
  const integration = method.methodIntegration;
  if (!integration)
    return <EmptyState title="No integration yet">Choose its type in the box Integration first.</EmptyState>;
  const change = (changes: EditInput<"update-integration">["changes"]) =>
    dispatch({ name: "update-integration", input: { ...methodKey, changes } });
  const isProxy = integration.type.endsWith("_PROXY");
  return (
    <>
      {isProxy ? (
        <InspectorSection title="Template">
          <p className="text-muted">A proxy passes the request's body on as it is.</p>
        </InspectorSection>
      ) : (
        <InspectorSection title="Template">
          <TemplateEditor
            side="request"
            templates={integration.requestTemplates}
            commit={(requestTemplates) => change({ requestTemplates })}
            studioHref={(contentType) => studioHref(apiId, { ...methodKey, side: "request", contentType })}
            empty="None: the body is passed on as it is."
          />
          <ChoiceField
            label="None matches"
            value={integration.passthroughBehavior}
            options={[
              { value: "WHEN_NO_MATCH", label: "Pass the body through" },
              { value: "WHEN_NO_TEMPLATES", label: "Pass through if there is no template" },
              { value: "NEVER", label: "Refuse with 415" },
            ]}
            commit={(next) => change({ passthroughBehavior: next as PassthroughBehavior })}
            help="When no template fits the request's content type"
          />
        </InspectorSection>
      )}
      <InspectorSection title="Parameters">
        <MapEditor
          label="Request mappings"
          entries={integration.requestParameters}
          commit={(requestParameters) => change({ requestParameters })}
          nameLabel="Goes to"
          valueLabel="Comes from"
          namePlaceholder="integration.request.header.x-id"
          valuePlaceholder="method.request.header.x-id"
          nameSuggestions={["header", "querystring", "path"].map((place) => `integration.request.${place}.`)}
          valueSuggestions={requestSources(method)}
          empty="None mapped. Sources: declared parameters, context.…, stageVariables.…, or 'text' in quotes."
          addLabel="Add mapping"
        />
      </InspectorSection>
      <InspectorSection title="Body">
        <ContentHandlingField
          side="request"
          value={integration.contentHandling}
          commit={(contentHandling) => change({ contentHandling })}
        />
      </InspectorSection>
    </>
  );
}
