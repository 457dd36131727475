import type { HttpRequest } from "../http-message";
import type { StickyRule } from "../snapshot/canary-settings";

/** Finds what a rule recognises a caller by; null if a request has none of it, or it is empty. */
export function stickyReader(rule: StickyRule): (request: HttpRequest) => string | null {
  if (rule.by === "cookie") return (request) => cookieOf(request, rule.name);
  const name = rule.by === "header" ? rule.name.toLowerCase() : "x-api-key";
  return (request) => headerValue(request, name);
}

function headerValue({ headers }: HttpRequest, name: string): string | null {
  for (let i = 0; i + 1 < headers.length; i += 2) {
    const given = headers[i] as string;
    if (given.length === name.length && given.toLowerCase() === name) return headers[i + 1] || null;
  }
  return null;
}

function cookieOf(request: HttpRequest, name: string): string | null {
  for (const pair of (headerValue(request, "cookie") ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || null;
  }
  return null;
}
