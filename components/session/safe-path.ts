const HERE = "http://console.invalid";

/**
 * A path of this console to go to after signing in; anything else is the start page, since a link must not lead
 * elsewhere. Browsers take `//`, `/\` and a slash, a tab and a slash for the beginning of another host.
 */
export function safePath(next: string | null): string {
  if (!next?.startsWith("/") || !URL.canParse(next, HERE)) return "/";
  const { origin, pathname, search, hash } = new URL(next, HERE);
  return origin === HERE && !pathname.startsWith("//") ? pathname + search + hash : "/";
}
