import { type CompiledTemplate, compileTemplate, VtlError } from "@/server/vtl";
import type { ProblemList } from "./compile-scope";

/** A mapping template ready to render; `constant` is its text if nothing in it depends on the request. */
export type MappingTemplate = {
  readonly mediaType: string;
  readonly template: CompiledTemplate;
  readonly constant: string | null;
};

/** Compiles `{mediaType: source}`. Templates that do not parse are added to the problems. */
export function compileTemplates(
  sources: Readonly<Record<string, string>>,
  problems: ProblemList,
): MappingTemplate[] {
  const compiled: MappingTemplate[] = [];
  for (const [mediaType, source] of Object.entries(sources)) {
    try {
      compiled.push({
        mediaType: mediaType === "$default" ? mediaType : mediaType.trim().toLowerCase(),
        template: compileTemplate(source, { name: mediaType }),
        constant: /[$#]/.test(source) ? null : source,
      });
    } catch (error) {
      if (!(error instanceof VtlError)) throw error;
      problems.at(mediaType).add(`template ${mediaType} line ${error.line ?? "?"}: ${error.message}`);
    }
  }
  return compiled;
}

/** The template for a request's media type, else `$default`; null if neither is there. */
export function templateFor(
  templates: readonly MappingTemplate[],
  mediaType: string,
): MappingTemplate | null {
  let fallback: MappingTemplate | null = null;
  for (const template of templates) {
    if (template.mediaType === mediaType) return template;
    if (template.mediaType === "$default") fallback = template;
  }
  return fallback;
}

/** The template for an answer: what the client accepts first, else application/json, else the first one. */
export function answerTemplateFor(
  templates: readonly MappingTemplate[],
  accepted: string | null,
): MappingTemplate | null {
  if (templates.length <= 1) return templates[0] ?? null;
  let json: MappingTemplate | null = null;
  for (const template of templates) {
    if (template.mediaType === accepted) return template;
    if (template.mediaType === "application/json") json = template;
  }
  return json ?? (templates[0] as MappingTemplate);
}
