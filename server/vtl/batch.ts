import { contextFromRecord } from "@/server/vtl/bindings/context/context-source";
import { compileTemplate } from "@/server/vtl/compile-template";
import type { RenderLimits, VtlOverrides } from "@/server/vtl/render-types";
import { VtlError } from "@/server/vtl/vtl-error";

/** One line of `gatehouse render --batch`; missing parts are empty. */
export type BatchCase = {
  readonly id?: string;
  readonly template: string;
  readonly input?: {
    readonly body?: string | null;
    readonly headers?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
    readonly path?: Readonly<Record<string, string>>;
  };
  readonly context?: Readonly<Record<string, unknown>>;
  readonly stageVariables?: Readonly<Record<string, string>>;
};

export type BatchResult =
  | { readonly id: string; readonly output: string; readonly overrides?: VtlOverrides }
  | {
      readonly id: string;
      readonly error: {
        readonly kind: string;
        readonly message: string;
        readonly line: number | null;
        readonly column: number | null;
      };
    };

/** Renders one case. Never throws: whatever goes wrong becomes the case's error. */
export function renderBatchCase(batchCase: BatchCase, limits?: Partial<RenderLimits>): BatchResult {
  const id = String(batchCase?.id ?? "");
  try {
    const { input = {}, context = {}, stageVariables = {} } = batchCase;
    const bindings = {
      input: {
        body: input.body ?? null,
        path: input.path ?? {},
        query: input.query ?? {},
        headers: input.headers ?? {},
      },
      context: contextFromRecord(context),
      stageVariables,
    };
    const { output, overrides } = compileTemplate(batchCase.template).render(bindings, limits);
    return Object.keys(overrides).length === 0 ? { id, output } : { id, output, overrides };
  } catch (error) {
    if (error instanceof VtlError) {
      const { message, line, column } = error;
      // Readers of batches know two kinds: a template that met a limit failed while it was rendered.
      const kind = error.kind === "limit" ? "render" : error.kind;
      return { id, error: { kind, message, line, column } };
    }
    return { id, error: { kind: "internal", message: String(error), line: null, column: null } };
  }
}
