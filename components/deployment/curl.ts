import { type ApiDefinition, resourcePath } from "@/server/domain/definition";
import type { Method } from "@/server/gateway/snapshot/method";
import { shellQuote } from "../shell/shell-quote";

type Route = { path: string; method: Method };

function routesOf(definition: ApiDefinition): Route[] {
  return Object.values(definition.resources).flatMap((resource) =>
    Object.values(resource.resourceMethods).map((method) => ({
      path: resourcePath(definition, resource.id) ?? "/",
      method,
    })),
  );
}

/** Lower is a better first call: reading before writing, and no parameter to make up. */
function cost({ path, method }: Route): number {
  const verb = ["GET", "ANY", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].indexOf(method.httpMethod);
  return verb + (path.includes("{") ? 10 : 0) + (method.apiKeyRequired ? 2 : 0);
}

/** A curl command for the simplest method of an API, or null if it has none. `{petId}` becomes `1`. */
export function curlOf(definition: ApiDefinition, invokeUrl: string): string | null {
  const [route] = routesOf(definition).sort((a, b) => cost(a) - cost(b));
  if (!route) return null;
  const { path, method } = route;
  const url = invokeUrl.replace(/\/$/, "") + path.replace(/\{[^}]+\}/g, "1");
  const verb = method.httpMethod === "ANY" ? "GET" : method.httpMethod;
  const parts = ["curl", "-i"];
  if (verb !== "GET") parts.push("-X", verb);
  if (method.apiKeyRequired) parts.push("-H", shellQuote("x-api-key: YOUR_KEY"));
  if (["POST", "PUT", "PATCH"].includes(verb))
    parts.push("-H", shellQuote("content-type: application/json"), "-d", shellQuote("{}"));
  return [...parts, shellQuote(url)].join(" ");
}
