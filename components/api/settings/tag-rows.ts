import { tagFault } from "@/server/domain/check/tag-fault";

export type TagRow = { readonly key: string; readonly value: string };

export const rowsOfTags = (tags: Readonly<Record<string, string>>): TagRow[] =>
  Object.entries(tags)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ({ key, value }));

/** The tags that rows mean, or why they cannot be kept. Rows without a key and a value do not count. */
export function tagsOfRows(
  rows: readonly TagRow[],
): { readonly tags: Record<string, string> } | { readonly message: string; readonly key: string } {
  const told = rows.filter(({ key, value }) => key !== "" || value !== "");
  const keys = told.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) return { message: `${twice || "A tag without a key"} is there twice`, key: twice };
  const tags = Object.fromEntries(told.map(({ key, value }) => [key, value]));
  return tagFault(tags) ?? { tags };
}
