import { isMediaTypeKey } from "@/server/domain/edits/rules/check-media-types";
import type { ImportContext } from "./import-context";
import { type Cursor, isRecord } from "./source/cursor";

/** media type → template text. A template written as an object is its JSON text. */
export function readTemplates(context: ImportContext, at: Cursor): Record<string, string> {
  const templates: Record<string, string> = {};
  for (const [type, template] of at.entries()) {
    if (!isMediaTypeKey(type)) {
      context.report.dropped(template, `Template for ${type}: it is no media type`);
    } else if (isRecord(template.value) || Array.isArray(template.value)) {
      templates[type] = JSON.stringify(template.value);
      context.report.translated(
        template,
        `The template for ${type} is the JSON text of what is written here`,
      );
    } else {
      templates[type] = template.text() ?? "";
    }
  }
  return templates;
}
