export { type BatchCase, type BatchResult, renderBatchCase } from "@/server/vtl/batch";
export { type ContextSource, contextFromRecord } from "@/server/vtl/bindings/context/context-source";
export { vtlCatalogue } from "@/server/vtl/catalogue";
export { compileTemplate } from "@/server/vtl/compile-template";
export { completeTemplate, type VtlCompletion } from "@/server/vtl/completion/complete-template";
export { describeTemplate, type VtlDescription } from "@/server/vtl/completion/describe-template";
export type { TemplateSurroundings } from "@/server/vtl/completion/surroundings";
export { checkTemplate } from "@/server/vtl/diagnostics/check-template";
export { remedyFor } from "@/server/vtl/diagnostics/remedies";
export { defaultLimits } from "@/server/vtl/render-limits";
export type {
  CatalogueEntry,
  CompiledTemplate,
  OverrideValue,
  RenderBindings,
  RenderLimits,
  RenderResult,
  VtlDiagnostic,
  VtlInput,
  VtlOverrides,
} from "@/server/vtl/render-types";
export { describeOrigin } from "@/server/vtl/trace/describe-origin";
export { describeStep } from "@/server/vtl/trace/describe-step";
export { renderTraced } from "@/server/vtl/trace/render-traced";
export type { OutputRange, TracedResult, TraceStep } from "@/server/vtl/trace/trace-types";
export { type SourceSpan, VtlError, type VtlErrorKind } from "@/server/vtl/vtl-error";
