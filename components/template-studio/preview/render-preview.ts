import {
  compileTemplate,
  contextFromRecord,
  type RenderBindings,
  type RenderLimits,
  type RenderResult,
} from "@/server/vtl";
import type { StudioSample } from "../sample";

/** The engine's usual budgets, by the browser's clock. */
export const previewLimits: Partial<RenderLimits> = { nowMs: () => performance.now() };

/** What the gateway would render of a template for the sample. Throws a VtlError. */
export function renderPreview(template: string, sample: StudioSample): RenderResult {
  return compileTemplate(template).render(bindingsOf(sample), previewLimits);
}

/** A sample as the engine takes it. */
export function bindingsOf(sample: StudioSample): RenderBindings {
  const { body, path, query, headers, context, stageVariables } = sample;
  return { input: { body, path, query, headers }, context: contextFromRecord(context), stageVariables };
}
