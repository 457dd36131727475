import {
  compileTemplate,
  contextFromRecord,
  type RenderBindings,
  type RenderLimits,
  type RenderResult,
  remedyFor,
  VtlError,
} from "@/server/vtl";
import type { StudioSample } from "../sample";
import type { PreviewFailure } from "./preview-protocol";

/** The engine's usual budgets, by the browser's clock. */
export const previewLimits: Partial<RenderLimits> = { nowMs: () => performance.now() };

/** What the gateway would render of a template for the sample. Throws a VtlError. */
export function renderPreview(
  template: string,
  sample: StudioSample,
  limits: Partial<RenderLimits> = previewLimits,
): RenderResult {
  return compileTemplate(template).render(bindingsOf(sample), limits);
}

/** A failed render in words, with what usually helps. */
export function failureOf(error: unknown, template: string): PreviewFailure {
  if (!(error instanceof VtlError))
    return { message: `The engine failed: ${String(error)}`, line: null, column: null, place: "" };
  const { message, line, column } = error;
  const remedy = remedyFor(error, template);
  return { message, line, column, place: error.formatted(template), ...(remedy && { remedy }) };
}

/** A sample as the engine takes it. */
export function bindingsOf(sample: StudioSample): RenderBindings {
  const { body, path, query, headers, context, stageVariables } = sample;
  return { input: { body, path, query, headers }, context: contextFromRecord(context), stageVariables };
}
