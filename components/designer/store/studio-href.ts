import type { MethodKey } from "./selection";

/** Which template: of a method's request, or of one status of its integration's responses. */
export type TemplateAddress = MethodKey & {
  side: "request" | "response";
  statusCode?: string;
  contentType: string;
};

/** The address of the template studio with that template open. */
export function studioHref(apiId: string, address: TemplateAddress): string {
  const query = new URLSearchParams({
    resource: address.resourceId,
    method: address.httpMethod,
    side: address.side,
    ...(address.statusCode ? { status: address.statusCode } : {}),
    type: address.contentType,
  });
  return `/apis/${apiId}/templates?${query}`;
}
