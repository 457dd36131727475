import { headerOf } from "../context/request-headers";
import type { HttpRequest } from "../http-message";
import type { StickyRule } from "../snapshot/canary-settings";

/** Finds what a rule recognises a caller by; null if a request has none of it, or it is empty. */
export function stickyReader(rule: StickyRule): (request: HttpRequest) => string | null {
  if (rule.by === "cookie") return (request) => cookieOf(request, rule.name);
  const name = rule.by === "header" ? rule.name.toLowerCase() : "x-api-key";
  return (request) => headerOf(request.headers, name) || null;
}

function cookieOf(request: HttpRequest, name: string): string | null {
  for (const pair of (headerOf(request.headers, "cookie") ?? "").split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim() || null;
  }
  return null;
}
