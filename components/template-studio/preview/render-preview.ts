import { compileTemplate, contextFromRecord, type RenderResult } from "@/server/vtl";
import type { StudioSample } from "../sample";

/** What the gateway would render of a template for the sample. Throws a VtlError. */
export function renderPreview(template: string, sample: StudioSample): RenderResult {
  const { body, path, query, headers, context, stageVariables } = sample;
  return compileTemplate(template).render({
    input: { body, path, query, headers },
    context: contextFromRecord(context),
    stageVariables,
  });
}
