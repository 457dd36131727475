"use client";
import type { ApiDefinition } from "@/server/domain/definition";
import type { TypedEditCall } from "@/server/domain/edits/index";
import { useDraft } from "../designer/store/draft-provider";
import { type MethodKey, methodsOf } from "../designer/store/selection";
import type { TemplateAddress } from "../designer/store/studio-href";
import { useSearchState } from "../shell/use-search-state";

const DEFAULT_TYPE = "application/json";

/** Where a method can have templates: those it has, and an empty place on each side. */
export function templatesOf(definition: ApiDefinition, key: MethodKey): TemplateAddress[] {
  const integration =
    definition.resources[key.resourceId]?.resourceMethods[key.httpMethod]?.methodIntegration;
  if (!integration || integration.type.endsWith("_PROXY")) return [];
  const typesOf = (templates: Readonly<Record<string, string>>) => {
    const types = Object.keys(templates);
    return types.length > 0 ? types : [DEFAULT_TYPE];
  };
  return [
    ...typesOf(integration.requestTemplates).map((contentType) => ({
      ...key,
      side: "request" as const,
      contentType,
    })),
    ...Object.values(integration.integrationResponses).flatMap(({ statusCode, responseTemplates }) =>
      typesOf(responseTemplates).map((contentType) => ({
        ...key,
        side: "response" as const,
        statusCode,
        contentType,
      })),
    ),
  ];
}

/** The text of a template; "" if there is none yet. */
function templateText(definition: ApiDefinition, address: TemplateAddress): string {
  const { resourceId, httpMethod, contentType } = address;
  const integration = definition.resources[resourceId]?.resourceMethods[httpMethod]?.methodIntegration;
  const templates =
    address.side === "request"
      ? integration?.requestTemplates
      : integration?.integrationResponses[address.statusCode ?? ""]?.responseTemplates;
  return templates?.[contentType] ?? "";
}

/** The methods that can have templates. */
const templatedMethods = (definition: ApiDefinition) =>
  methodsOf(definition).filter((key) => templatesOf(definition, key).length > 0);

/** The template that is open, from the URL, and how to change it and choose another. */
export function useTemplate() {
  const draft = useDraft();
  const search = useSearchState();
  const methods = templatedMethods(draft.definition);
  const wanted = methods.find(
    (key) => key.resourceId === search.get("resource") && key.httpMethod === search.get("method"),
  );
  const sourceOf = (one: TemplateAddress) => templateText(draft.definition, one);
  const withText = methods.find((one) => templatesOf(draft.definition, one).some(sourceOf));
  const key = wanted ?? withText ?? methods[0] ?? null;
  const templates = key ? templatesOf(draft.definition, key) : [];
  const side = search.get("side");
  const fromUrl = templates.find(
    (one) =>
      one.side === side &&
      (one.statusCode ?? "") === (search.get("status") ?? "") &&
      one.contentType === (search.get("type") ?? DEFAULT_TYPE),
  );
  const address = (wanted && fromUrl) ?? templates.find(sourceOf) ?? templates[0] ?? null;
  const integration = key
    ? draft.definition.resources[key.resourceId]?.resourceMethods[key.httpMethod]?.methodIntegration
    : null;
  const source = address === null ? "" : sourceOf(address);
  const open = (next: TemplateAddress) => {
    draft.settle();
    search.set({
      resource: next.resourceId,
      method: next.httpMethod,
      side: next.side,
      status: next.statusCode ?? null,
      type: next.contentType,
    });
  };
  /** The edit that puts `text` there. */
  const changeTo = (text: string): TypedEditCall | null => {
    if (!address || !integration) return null;
    const { resourceId, httpMethod, contentType } = address;
    const target = { resourceId, httpMethod };
    if (address.side === "request") {
      const requestTemplates = { ...integration.requestTemplates, [contentType]: text };
      return { name: "update-integration", input: { ...target, changes: { requestTemplates } } };
    }
    const response = integration.integrationResponses[address.statusCode ?? ""];
    if (!response) return null;
    const responseTemplates = { ...response.responseTemplates, [contentType]: text };
    return {
      name: "put-integration-response",
      input: { ...target, integrationResponse: { ...response, responseTemplates } },
    };
  };
  return { methods, key, templates, address, source, open, changeTo };
}
