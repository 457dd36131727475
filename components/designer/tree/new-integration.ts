import {
  type Integration,
  type IntegrationType,
  integrationSchema,
} from "@/server/gateway/snapshot/integration";
import type { HttpMethod } from "@/server/gateway/snapshot/method";

export type NewIntegrationType = IntegrationType;

/** An integration that works as soon as its address is right: path variables in the URL are mapped by themselves. */
export function newIntegration(wanted: {
  type: NewIntegrationType;
  uri: string;
  httpMethod: HttpMethod;
  path: string;
}): Integration {
  const { type, uri, httpMethod, path } = wanted;
  if (type === "MOCK") {
    return integrationSchema.parse({ type, requestTemplates: { "application/json": '{"statusCode": 200}' } });
  }
  const inUri = new Set(
    Array.from(uri.replaceAll(/\$\{[^}]*\}/g, "").matchAll(/\{(\w+)\+?\}/g), (match) => match[1]),
  );
  const inPath = Array.from(path.matchAll(/\{([\w.-]+)\+?\}/g), (match) => match[1] ?? "");
  const mapped = inPath.filter((name) => inUri.has(name));
  const requestParameters = Object.fromEntries(
    mapped.map((name) => [`integration.request.path.${name}`, `method.request.path.${name}`]),
  );
  return integrationSchema.parse({
    type,
    uri: uri.trim() || null,
    httpMethod: type.startsWith("AWS") ? "POST" : httpMethod,
    requestParameters,
  });
}
