/** The media type of a Content-Type value without parameters, lower-case; null for an absent or empty one. */
export function mediaTypeOf(contentType: string | null | undefined): string | null {
  if (!contentType) return null;
  const at = contentType.indexOf(";");
  const type = (at < 0 ? contentType : contentType.slice(0, at)).trim();
  return type === "" ? null : type.toLowerCase();
}

/** The first media type an Accept header names, without its parameters; null if there is none. */
export function firstAcceptedType(accept: string | null | undefined): string | null {
  if (!accept) return null;
  const at = accept.indexOf(",");
  return mediaTypeOf(at < 0 ? accept : accept.slice(0, at));
}

export type MediaTypeMatcher = (mediaType: string | null) => boolean;

/**
 * Tells whether a media type is one of the API's binaryMediaTypes. An entry may end in a wildcard
 * (`image/star`) or be star/star; `star/test` never matches anything, and a wildcard in what is asked matches
 * no entry but itself (recorded: AWS_PROXY binary responses).
 */
export function compileBinaryMediaTypes(entries: readonly string[]): MediaTypeMatcher {
  if (entries.length === 0) return () => false;
  const exact = new Set<string>();
  const families: string[] = [];
  let all = false;
  for (const entry of entries) {
    const type = entry.trim().toLowerCase();
    if (type === "*/*") all = true;
    else if (type.endsWith("/*")) families.push(type.slice(0, -1));
    else if (!type.startsWith("*/")) exact.add(type);
  }
  return (mediaType) => {
    if (all) return true;
    if (mediaType === null) return false;
    return exact.has(mediaType) || families.some((family) => mediaType.startsWith(family));
  };
}
