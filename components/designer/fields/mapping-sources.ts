import type { Method } from "@/server/gateway/snapshot/method";

const CONTEXT = ["requestId", "identity.sourceIp", "httpMethod", "stage", "apiId", "resourcePath"];

/** What a request mapping may read: the declared parameters, the body and the context. */
export function requestSources(method: Method): string[] {
  return [
    ...Object.keys(method.requestParameters),
    "method.request.body",
    ...CONTEXT.map((name) => `context.${name}`),
    "stageVariables.",
  ];
}

/** What a response header may be taken from. */
export function responseSources(): string[] {
  return [
    "integration.response.header.",
    "integration.response.body.",
    ...CONTEXT.map((name) => `context.${name}`),
    "stageVariables.",
  ];
}
