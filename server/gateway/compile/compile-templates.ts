import { type CompiledTemplate, compileTemplate, VtlError } from "@/server/vtl";

/** A mapping template ready to render; `constant` is its text if nothing in it depends on the request. */
export type MappingTemplate = {
  readonly mediaType: string;
  readonly template: CompiledTemplate;
  readonly constant: string | null;
};

/**
 * Compiles `{mediaType: source}`. A template that does not parse fails when it is rendered, as on AWS: it takes down its own
 * method (500) and no other (recorded: a Lambda method beside one with a broken template).
 */
export function compileTemplates(sources: Readonly<Record<string, string>>): MappingTemplate[] {
  return Object.entries(sources).map(([mediaType, source]) => ({
    mediaType: mediaType === "$default" ? mediaType : mediaType.trim().toLowerCase(),
    template: compileOrFail(source, mediaType),
    constant: /[$#]/.test(source) ? null : source,
  }));
}

function compileOrFail(source: string, name: string): CompiledTemplate {
  try {
    return compileTemplate(source, { name });
  } catch (error) {
    if (!(error instanceof VtlError)) throw error;
    return {
      name,
      source,
      render() {
        throw error;
      },
    };
  }
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
