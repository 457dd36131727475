type Json = unknown;
const MASK = /<[\w-]+(?::\d+)?>/g;

/** What the masks of one case stand for, as far as its answers have shown it. */
export type MaskBindings = Map<string, string>;

/** The first place where an answer is not the recorded one, as a sentence; null when there is none. */
export function maskedDifference(has: Json, wants: Json, bindings: MaskBindings, at = "body"): string | null {
  const differs = () =>
    `${at}: ${JSON.stringify(has)?.slice(0, 300)} instead of ${JSON.stringify(wants)?.slice(0, 300)}`;
  if (wants === "datetime" || wants === "timestamp") return has === undefined ? differs() : null;
  if (typeof wants === "string") return matchesText(has, wants, bindings) ? null : differs();
  if (typeof wants !== "object" || wants === null) return has === wants ? null : differs();
  if ("$json" in wants) return jsonDifference(has, wants.$json, { bindings, at });
  if (typeof has !== "object" || has === null || Array.isArray(has) !== Array.isArray(wants))
    return differs();
  const extra = Object.keys(has).filter((key) => !Object.hasOwn(wants, key));
  if (extra.length > 0) return `${at} has ${extra.join(", ")} more`;
  for (const [key, value] of Object.entries(wants)) {
    if (!Object.hasOwn(has, key))
      return `${at}.${key} is missing, expected ${JSON.stringify(value).slice(0, 200)}`;
    const found = maskedDifference((has as Record<string, Json>)[key], value, bindings, `${at}.${key}`);
    if (found) return found;
  }
  return null;
}

/** A recorded `$json` stands for text; in an exported document it stands for the value itself. */
function jsonDifference(
  has: Json,
  wants: Json,
  { bindings, at }: { bindings: MaskBindings; at: string },
): string | null {
  if (typeof has !== "string") return maskedDifference(has, wants, bindings, at);
  try {
    return maskedDifference(JSON.parse(has), wants, bindings, at);
  } catch {
    return `${at}: ${has} is no JSON`;
  }
}

function matchesText(has: Json, wants: string, bindings: MaskBindings): boolean {
  const masks = wants.match(MASK) ?? [];
  const text = typeof has === "number" ? String(has) : has;
  if (typeof text !== "string") return false;
  if (masks.length === 0 || text === wants) return text === wants;
  const parts = wants.split(MASK).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const found = new RegExp(`^${parts.join("([^]*?)")}$`).exec(text);
  if (!found) return false;
  return masks.every((mask, index) => {
    const value = found[index + 1] as string;
    if (!/:\d+>$/.test(mask)) return true;
    const known = bindings.get(mask);
    bindings.set(mask, value);
    return known === undefined || known === value;
  });
}
