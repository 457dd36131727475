const MAX_TAGS = 50;

/** What is wrong with tags of a resource, in AWS's words, and with which; null when they are fine. */
export function tagFault(
  tags: Readonly<Record<string, string | null>>,
): { readonly key: string; readonly message: string } | null {
  const entries = Object.entries(tags);
  for (const [key, value] of entries) {
    const message = faultOf(key, value);
    if (message) return { key, message };
  }
  if (entries.length <= MAX_TAGS) return null;
  return { key: entries[MAX_TAGS]?.[0] ?? "", message: `A resource can have at most ${MAX_TAGS} tags.` };
}

function faultOf(key: string, value: string | null): string | null {
  if (key.length < 1 || key.length > 128) return "The tag key must be between 1 and 128 characters.";
  if (value !== null && value.length > 256) return "The tag value can have at most 256 characters.";
  if (key.toLowerCase().startsWith("aws:")) return "Tag keys that begin with aws: are reserved.";
  return null;
}
