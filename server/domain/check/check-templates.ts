import { checkTemplate } from "@/server/vtl";
import type { CheckContext } from "./check-definition";
import type { ProblemScope } from "./problem";
import { warnOfUnknownVariables } from "./unknown-variables";

/** Every template of a map: what the template engine has against it, with its place. */
export function checkTemplates(
  context: CheckContext,
  scope: ProblemScope,
  templates: Readonly<Record<string, string>>,
): void {
  for (const [mediaType, source] of Object.entries(templates)) {
    const at = scope.at(mediaType);
    for (const { severity, message, remedy, line, column, endLine, endColumn } of checkTemplate(source)) {
      const more = { ...(remedy ? { remedy } : {}), template: { line, column, endLine, endColumn } };
      at[severity](message, more);
    }
    warnOfUnknownVariables(context, at, source);
  }
}
