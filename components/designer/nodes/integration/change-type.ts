import {
  type Integration,
  type IntegrationType,
  integrationSchema,
} from "@/server/gateway/snapshot/integration";

/** The integration as another type: what both have stays, what the new one cannot have goes. */
export function changeIntegrationType(before: Integration | null, type: IntegrationType): Integration {
  const kept = before ?? integrationSchema.parse({ type });
  if (type === "MOCK") {
    const requestTemplates = Object.keys(kept.requestTemplates).length
      ? kept.requestTemplates
      : { "application/json": '{"statusCode": 200}' };
    return { ...kept, type, requestTemplates, uri: null, httpMethod: null, credentials: null };
  }
  const isAws = type.startsWith("AWS");
  const uriFits = kept.uri !== null && kept.uri.startsWith("arn:") === isAws;
  return {
    ...kept,
    type,
    httpMethod: kept.httpMethod ?? (isAws ? "POST" : "GET"),
    uri: uriFits ? kept.uri : isAws ? null : "http://localhost",
    connectionType: isAws ? "INTERNET" : kept.connectionType,
    credentials: isAws ? kept.credentials : null,
    integrationResponses: type.endsWith("_PROXY") ? {} : kept.integrationResponses,
    requestTemplates: type.endsWith("_PROXY") ? {} : kept.requestTemplates,
  };
}
