import { LruCache } from "@/server/toolkit/lru";
import { checkTemplate, type VtlDiagnostic } from "@/server/vtl";
import type { CheckContext } from "./check-definition";
import type { ProblemScope } from "./problem";
import { warnOfUnknownVariables } from "./unknown-variables";

/** The console checks the whole draft after each edit, and most edits change one template at most. */
const checked = new LruCache<string, readonly VtlDiagnostic[]>(100);

function diagnosticsOf(mediaType: string, source: string): readonly VtlDiagnostic[] {
  const key = `${mediaType}\n${source}`;
  const known = checked.get(key);
  if (known) return known;
  const found = checkTemplate(source, mediaType === "$default" ? {} : { contentType: mediaType });
  checked.set(key, found);
  return found;
}

/** Every template of a map: what the template engine has against it, with its place. */
export function checkTemplates(
  context: CheckContext,
  scope: ProblemScope,
  templates: Readonly<Record<string, string>>,
): void {
  for (const [mediaType, source] of Object.entries(templates)) {
    const at = scope.at(mediaType);
    for (const { severity, message, remedy, line, column, endLine, endColumn } of diagnosticsOf(
      mediaType,
      source,
    )) {
      const more = { ...(remedy ? { remedy } : {}), template: { line, column, endLine, endColumn } };
      at[severity](message, more);
    }
    warnOfUnknownVariables(context, at, source);
  }
}
