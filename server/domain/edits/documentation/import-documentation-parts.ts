import { z } from "zod";
import { fullLocation, locationKey } from "@/server/domain/documentation/part-location";
import { partProperties } from "@/server/domain/documentation/part-properties";
import { defineEdit } from "@/server/domain/edits/define-edit";
import { entityIdSchema } from "@/server/domain/edits/input-fields";
import { snapshotOf } from "@/server/domain/replace-content";
import { type DocumentationPart, documentationPartSchema } from "@/server/gateway/snapshot/api-snapshot";
import { canonicalJson } from "@/server/toolkit/json-canonical";
import { checkDocumentationPart } from "./check-documentation-part";

/**
 * Takes in many documentation parts (AWS's ImportDocumentationParts): `overwrite` leaves nothing else, `merge` adds
 * those of new places and sets the properties they name on those of known places. Known places keep their ids.
 */
export const importDocumentationParts = defineEdit({
  name: "import-documentation-parts",
  input: z.strictObject({
    parts: z.array(documentationPartSchema.extend({ id: entityIdSchema })),
    mode: z.enum(["merge", "overwrite"]).default("merge"),
  }),
  label: ({ parts, mode }) =>
    `Import ${parts.length} documentation ${parts.length === 1 ? "part" : "parts"}${mode === "merge" ? "" : " in place of all"}`,
  apply(draft, { parts, mode }) {
    const before = snapshotOf(draft).documentationParts;
    const known = new Map(before.map((part) => [locationKey(part.location), part]));
    const next = new Map<string, DocumentationPart>(mode === "merge" ? known : []);
    const ids = new Set(before.map(({ id }) => id));
    for (const given of parts) {
      const part = { ...given, location: fullLocation(given.location) };
      checkDocumentationPart([], part);
      const key = locationKey(part.location);
      const twin = next.get(key);
      const id = known.get(key)?.id ?? twin?.id ?? freeId(part.id, ids);
      next.set(key, {
        ...part,
        id,
        properties: twin ? merged(twin.properties, part.properties) : part.properties,
      });
    }
    draft.documentationParts = [...next.values()];
  },
});

function merged(before: string, after: string): string {
  return canonicalJson({ ...partProperties(before), ...partProperties(after) });
}

function freeId(wanted: string, taken: Set<string>): string {
  let id = wanted;
  while (taken.has(id)) id += "x";
  taken.add(id);
  return id;
}
